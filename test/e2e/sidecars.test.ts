import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeWith } from "../support/suite/needs.js";
import { Terminal } from "../support/command-line/terminal.js";
import { cleanEnvironment, useTq } from "../support/command-line/tq.js";

const run = promisify(execFile);
const docker = async (...args: string[]) => (await run("docker", args)).stdout.trim();

/** Other tests, and a person, use the same engine. */
const unique = `t${process.pid}`;
const [one, two] = [`${unique}a`, `${unique}b`];
const redis = `${unique}redis`;

/** Everything on the engine that carries neither tq's label nor a name of this test. */
async function othersThings(): Promise<string[]> {
  const lists = await Promise.all([
    docker("ps", "-a", "--format", "{{.ID}} {{.Names}} {{.State}} {{.Labels}}"),
    docker("network", "ls", "--format", "{{.ID}} {{.Name}} {{.Labels}}"),
    docker("volume", "ls", "--format", "{{.Name}} {{.Labels}}"),
  ]);
  const theirs = (line: string) => line.includes("other-") && line.includes(unique);
  return lists.flatMap((text) => text.split("\n").map((line) => line.trim())).filter(theirs);
}

describeWith("docker", "sidecars", () => {
  const tq = useTq();
  const sidecar = (...args: string[]) => tq.run(["sidecar", ...args]);

  beforeAll(async () => {
    // A person's own container, network and volume, which stand beside all of it.
    await docker("network", "create", `other-${unique}`);
    await docker("volume", "create", `other-${unique}`);
    await docker(
      ...["run", "--detach", "--name", `other-${unique}`, "--network", `other-${unique}`],
      ...["--volume", `other-${unique}:/data`, "redis:7"],
    );
    expect((await tq.run(["redis", "up", "--engine", "docker", "--port", "0", "--name", redis])).code).toBe(
      0,
    );
  });
  afterAll(async () => {
    await sidecar("down");
    await tq.run(["redis", "down", "--volumes", "--name", redis]);
    await docker("rm", "--force", "--volumes", `other-${unique}`);
    await docker("network", "rm", `other-${unique}`);
    await docker("volume", "rm", `other-${unique}`);
    const left = await docker("ps", "-a", "--filter", `label=tq.home=${tq.home}`, "--format", "{{.Names}}");
    expect(left, "containers of this test").toBe("");
  });

  it("come up with hotqueue beside Redis, are found by name, and pass messages", async () => {
    const up = await sidecar("up", one, two);
    expect(up.stderr).toContain("next: tq sidecar shell");
    expect(up.stdout).toBe(`${one} is up\n${two} is up\n`);
    expect((await sidecar("up", one, two)).stdout).toBe(`${one} is up already\n${two} is up already\n`);

    const put = 'HotQueue("queue", host="redis-db", db=1).put("from a sidecar")';
    const ended = await sidecar("exec", one, "--", "python", "-c", `from hotqueue import HotQueue; ${put}`);
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
    expect((await tq.run(["get"])).stdout).toBe("from a sidecar\n");
    expect((await sidecar("exec", one, "--", "getent", "hosts", two)).stdout).toContain(two);

    const list = (await sidecar("list", "--json")).stdout.trim().split("\n");
    const facts = list.map((line) => JSON.parse(line) as { name: string; running: boolean });
    expect(facts.map(({ name, running }) => [name, running])).toEqual([
      [one, true],
      [two, true],
    ]);
  });

  it("pass on what a command reads and writes, and how it ends", async () => {
    const command = ["sh", "-c", "cat; echo problem >&2; exit 7"];
    const ended = await tq.run(["sidecar", "exec", one, "--", ...command], { input: "line\n" });
    expect(ended).toMatchObject({ code: 7, stdout: "line\n" });
    expect(ended.stderr).toContain("problem");
  });

  it("have a shell that is a real terminal: size, Ctrl-C, exit code", async () => {
    const shell = new Terminal(["sidecar", "shell", one], cleanEnvironment(tq.home));
    await shell.until("# ");
    shell.type("stty size\r");
    await shell.until("24 80");
    shell.resize(100, 30);
    await expect
      .poll(() => {
        shell.type("stty size\r");
        return shell.screen;
      })
      .toContain("30 100");
    shell.type("sleep 1000\r");
    // Before that a Ctrl-C is the shell's, which may go on to start the command all the same.
    await expect.poll(() => docker("top", `tq-${one}`, "-o", "pid,args")).toContain("sleep 1000");
    const seen = shell.screen.length;
    shell.type("\u0003");
    await expect.poll(() => shell.screen.slice(seen)).toContain("# ");
    shell.type("echo $((6 * 7)) alive\r");
    await shell.until("42 alive");
    // A line's end is the inner terminal's doing; this one adds nothing to it.
    expect(shell.screen).not.toContain("\r\r");
    shell.type("exit 5\r");
    expect(await shell.ended).toBe(5);
  });

  it("have a Python prompt in which q is ready", async () => {
    const prompt = new Terminal(["sidecar", "shell", two, "--python"], cleanEnvironment(tq.home));
    await prompt.until(">>>");
    prompt.type('q.put("typed")\r');
    prompt.type('print("length", len(q))\r');
    await prompt.until("length 1");
    prompt.type("exit(3)\r");
    expect(await prompt.ended).toBe(3);
    expect((await tq.run(["get"])).stdout).toBe("typed\n");
  });

  it("are mended by the next up: one that was removed, one that was stopped, one without packages", async () => {
    await docker("rm", "--force", `tq-${one}`);
    await docker("stop", "--time", "0", `tq-${two}`);
    expect((await sidecar("exec", one, "--", "true")).code).toBe(2);
    expect((await sidecar("exec", two, "--", "true")).code).toBe(3);
    expect((await sidecar("up", one, two)).stdout).toBe(`${one} is up\n${two} is up\n`);
    await sidecar("exec", one, "--", "pip", "uninstall", "--yes", "hotqueue");
    await sidecar("up", one);
    expect((await sidecar("exec", one, "--", "python", "-c", "import hotqueue")).code).toBe(0);
  });

  it("are cleaned up by the next command where an up was killed, and touch nobody else's things", async () => {
    const before = await othersThings();
    expect(before.length).toBeGreaterThan(0);
    await sidecar("down");
    for (const delay of [150, 400, 700, 1200]) {
      const up = tq.start(["sidecar", "up", one]);
      await new Promise((resolve) => setTimeout(resolve, delay));
      up.child.kill("SIGKILL");
      await up.ended;
    }
    const stopped = tq.start(["sidecar", "up", two]);
    await stopped.until("stderr", "installing");
    stopped.child.kill("SIGINT");
    expect((await stopped.ended).code).toBe(130);
    expect(await docker("ps", "-aq", "--filter", `name=tq-${two}`)).toBe("");
    await sidecar("down");
    const left = await docker("ps", "-a", "--filter", `label=tq.home=${tq.home}`, "--format", "{{.Names}}");
    expect(left).toBe("");
    expect(await docker("network", "ls", "-q", "--filter", `label=tq.home=${tq.home}`)).toBe("");
    expect(await othersThings()).toEqual(before);
  });

  it("refuse a name that is another's container", async () => {
    await docker("create", "--name", `tq-${unique}c`, "python:3.14", "true");
    try {
      const ended = await sidecar("up", "--bare", `${unique}c`);
      expect(ended.code).toBe(3);
      expect(ended.stderr).toContain("which this tq did not start");
      expect(await docker("ps", "-aq", "--filter", `name=tq-${unique}c`)).not.toBe("");
    } finally {
      await docker("rm", `tq-${unique}c`);
      await sidecar("down");
    }
  });

  it.each([
    [["up", "redis-db"], 2, "Redis' name"],
    [["up", "a b"], 2, "letters"],
    [["exec", "nobody", "--", "true"], 2, 'no sidecar "nobody"'],
    [["shell", one], 2, ""],
    [["up", "--image", "no-such-image-of-tq:1"], 3, ""],
  ])("%j ends with %i", async (args, code, says) => {
    const ended = await sidecar(...args);
    expect(ended.stderr).toContain(says);
    expect(ended.code).toBe(code);
  });

  it("leave no volume behind that their image asked for", async () => {
    const options = { env: { TQ_HOME: join(tq.home, "volume") } };
    await tq.run(["sidecar", "up", "--bare", "--image", "redis:7", `${unique}f`], options);
    const mounted = ["inspect", "--format", "{{range .Mounts}}{{.Name}}{{end}}", `tq-${unique}f`];
    const volume = await docker(...mounted);
    expect(volume).toMatch(/^[0-9a-f]{64}$/);
    await tq.run(["sidecar", "down"], options);
    expect(await docker("volume", "ls", "--quiet", "--filter", `name=${volume}`)).toBe("");
  });

  it("come up bare beside no Redis, and say what to do", async () => {
    const alone = join(tq.home, "alone");
    const options = { env: { TQ_HOME: alone } };
    const up = await tq.run(["sidecar", "up", "--bare", `${unique}d`], options);
    expect(up).toMatchObject({ code: 0 });
    expect(up.stderr).toContain("They have no Redis yet: tq redis up --engine docker");
    const imports = await tq.run(
      ["sidecar", "exec", `${unique}d`, "--", "python", "-c", "import hotqueue"],
      options,
    );
    expect(imports.code).toBe(1);
    expect((await tq.run(["sidecar", "down"], options)).stdout).toBe(`${unique}d is removed\n`);
  });
});

describeWith("docker", "tq network", () => {
  const tq = useTq();
  const name = `${unique}net`;
  afterAll(async () => {
    await tq.run(["sidecar", "down"]);
    await tq.run(["redis", "down", "--volumes", "--name", name]);
  });

  it("tries every address from every place, and says which answers", async () => {
    await tq.run(["redis", "up", "--engine", "docker", "--port", "0", "--name", name]);
    await tq.run(["sidecar", "up", "--bare", `${unique}e`]);
    const { stdout } = await tq.run(["network", "--json"]);
    const { routes } = JSON.parse(stdout) as {
      routes: { from: string; to: string; address: string; answers: boolean; reason: string }[];
    };
    const inside = routes.filter(({ from, to }) => from === `tq-${unique}e` && to === `tq-${name}`);
    const byName = inside.find(({ address }) => address === "redis-db:6379");
    expect(byName?.answers).toBe(true);
    const itself = inside.find(({ address }) => address === "127.0.0.1:6379");
    expect(itself).toMatchObject({ answers: false, reason: "Connection refused" });
    const published = routes.filter(({ from, to }) => from === "this machine" && to === "tq's commands");
    expect(published).toMatchObject([{ answers: true }]);

    const picture = await tq.run(["network"]);
    expect(picture.stdout).toContain(`found there as ${unique}e`);
    for (const line of picture.stdout.split("\n")) expect(line.length, line).toBeLessThanOrEqual(80);
    const plain = await tq.run(["network", "--plain"]);
    expect(plain.stdout).not.toMatch(/[├│]/u);
  });

  it("does without an engine", async () => {
    const { code, stdout } = await tq.run(["network"], { env: { DOCKER_HOST: "unix:///nowhere.sock" } });
    expect(code).toBe(0);
    expect(stdout).toContain("no containers: no Docker engine answers");
    await writeFile(join(tq.home, "seen"), stdout);
  });
});
