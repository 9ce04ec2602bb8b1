import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PYTHON_IMAGE, PythonContainer } from "../../src/lab/python/python-container.js";
import { Program } from "../../src/lab/program/program.js";
import { Docker } from "../../src/docker/docker.js";
import { describeWith } from "../support/suite/needs.js";
import { useTq } from "../support/command-line/tq.js";

const run = promisify(execFile);
const docker = async (...args: string[]) => (await run("docker", args)).stdout.trim();
const exercises = new URL("../../dist/exercises", import.meta.url).pathname;
const runtime = new URL("../../src/lab/program/runtime", import.meta.url).pathname;

/** A machine without Python. */
const PATH = "/nowhere";

interface Result {
  checks: { id: string; verdict: string; mistake?: string; observed?: string; next?: string }[];
}

/** Copies a solution and changes it. */
async function writeWork(folder: string, from: string, file = "", find = "", put = ""): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await cp(join(exercises, from), folder, { recursive: true });
  if (file === "") return;
  const text = await readFile(join(folder, file), "utf8");
  expect(text).toContain(find);
  await writeFile(join(folder, file), text.replace(find, put));
}

describe("a machine with neither Python nor Docker", () => {
  const tq = useTq();

  it("is told of both, and that it is not the student's doing", async () => {
    const folder = join(tq.home, "work");
    await writeWork(folder, "03-echo-worker/solution");
    const env = { PATH, DOCKER_HOST: "unix:///nowhere.sock" };
    const { code, stdout } = await tq.run(["exercise", "3", folder, "--check"], { env });
    expect(code).toBe(3);
    expect(stdout).toContain("no Python was found");
    expect(stdout).toContain("Install one (https://www.python.org");
    expect(stdout).toContain("or start Docker; a container does too:  tq setup");
  });
});

describeWith("docker", "a machine with Docker and no Python", () => {
  const tq = useTq();
  const folder = () => join(tq.home, "work");
  const containers = () =>
    docker(
      ...["ps", "-a", "--no-trunc", "--filter", `label=tq.home=${tq.home}`],
      ...["--format", "{{.Names}} {{.State}} {{.Command}}"],
    );
  let hadImage = true;

  beforeAll(async () => {
    hadImage = (await docker("images", "--quiet", PYTHON_IMAGE)) !== "";
    const setup = await tq.run(["setup"], { env: { PATH } });
    expect(setup, setup.stderr).toMatchObject({ code: 0 });
    expect(setup.stdout).toContain(`Python image ${PYTHON_IMAGE}: `);
  });
  afterAll(async () => {
    if (!hadImage) await docker("rmi", PYTHON_IMAGE);
    expect(await containers(), "containers of this test").toBe("");
  });

  const check = async (number: number, ...args: string[]) => {
    const ended = await tq.run(
      ["exercise", String(number), folder(), "--check", "--format", "json", ...args],
      { env: { PATH } },
    );
    const { checks } = JSON.parse(ended.stdout) as Result;
    return { code: ended.code, checks, failed: checks.filter(({ verdict }) => verdict === "not-yet") };
  };

  it("has one in a container, and says so", async () => {
    const { stdout } = await tq.run(["doctor"], { env: { PATH } });
    expect(stdout).toMatch(
      new RegExp(
        `^OK {5}Python +3\\.\\S+, a container from ${PYTHON_IMAGE} \\(no Python was found here\\)`,
        "m",
      ),
    );
    expect(stdout).toMatch(/^OK {5}web framework +flask in a container from tq-python/m);
    expect(stdout).toMatch(/exercise 7 .*ready$/m);
  });

  it.each([
    [3, "03-echo-worker/solution", [], []],
    [3, "03-echo-worker/wrong/consume-loop-inside", [], [/^3\./]],
    [5, "05-save-and-queue/solution/fastapi", [], []],
    [
      ...[5, "05-save-and-queue/solution/flask"],
      ...[
        ["jobs.py", "    _save_job(_generate_job_key", "    save_job(_generate_job_key"],
        [/^5\.1 undefined-name/],
      ],
    ],
  ] as [number, string, string[], RegExp[]][])(
    "judges exercise %i, %s, changed in %j",
    async (number, from, change, says) => {
      await writeWork(folder(), from, ...change);
      const { code, checks, failed } = await check(number);
      expect(failed.map(({ id, mistake }) => `${id} ${mistake}`)).toEqual(
        says.map((one) => expect.stringMatching(one) as string),
      );
      expect(code, JSON.stringify(checks, null, 1)).toBe(says.length === 0 ? 0 : 1);
    },
  );

  it("leaves nothing when tq is killed, and removes what was never started", async () => {
    await docker(
      ...["create", "--label", "tq.owner=tq", "--label", "tq.role=program", "--label", `tq.home=${tq.home}`],
      ...["--label", "tq.name=999999999-never", PYTHON_IMAGE],
    );
    await mkdir(folder(), { recursive: true });
    await writeFile(join(folder(), "worker.py"), "while True:\n    pass\n");
    const { child, ended } = tq.start(["exercise", "3", folder(), "--check"], { env: { PATH } });
    await expect.poll(containers, { interval: 50 }).toMatch(/^tq-program-\S+ running .*worker\.py"$/);
    child.kill("SIGKILL");
    await ended;
    await expect.poll(containers).toBe("");
  });

  it("sees nothing of it but the copy", async () => {
    const root = await realpath(await mkdtemp(join(tmpdir(), "tq-test-contained-")));
    const work = join(root, "work");
    await mkdir(work);
    await writeFile(join(root, "outside.txt"), "theirs");
    await writeFile(
      join(work, "it.py"),
      `import os, subprocess
open("mine", "w").write("x")
def sh(command):
    print(subprocess.run(command, shell=True, capture_output=True, text=True).stdout.strip())
sh("rm -f ../outside.txt; cat ../outside.txt || echo unseen")
sh("touch /usr/x 2>/dev/null || echo read-only")
sh("echo x > ${runtime}/x || echo runtime-too")
sh("id -u")
sh("ls -d /proc/[0-9]* | wc -l")
print("PATH of the shell:", "${PATH}" in os.environ["PATH"], os.environ.get("TQ_HOME"))
`,
    );
    const surroundings = { env: process.env, platform: process.platform, homeFolder: root };
    const container = new PythonContainer(new Docker(surroundings), tq.home, runtime);
    try {
      await using program = new Program({
        python: container.start,
        command: ["it.py"],
        folder: work,
        runtime,
        allowNetwork: false,
        env: { PATH, TQ_HOME: tq.home },
        redisPort: 1,
      });
      await expect.poll(() => program.ended).not.toBeNull();
      expect(program.errors).toBe("");
      const [outside, system, ours, user, processes, path] = program.lines;
      expect([outside, system, ours]).toEqual(["unseen", "read-only", "runtime-too"]);
      expect([user, path]).toEqual([String(process.getuid?.()), "PATH of the shell: False None"]);
      expect(Number(processes)).toBeLessThan(8);
      expect(await readFile(join(root, "outside.txt"), "utf8")).toBe("theirs");
      expect(await readFile(join(work, "mine"), "utf8")).toBe("x");
    } finally {
      await rm(root, { recursive: true });
    }
  });
});
