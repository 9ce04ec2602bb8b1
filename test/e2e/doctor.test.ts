import { access, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, it } from "vitest";
import { describeWith, python } from "../support/suite/needs.js";
import { Terminal } from "../support/command-line/terminal.js";
import { cleanEnvironment, useTq } from "../support/command-line/tq.js";

describe("tq doctor", () => {
  const tq = useTq();

  it("names each lack with its remedy, and the exercises that it keeps from running", async () => {
    const env = { DOCKER_HOST: "unix:///nowhere.sock", PATH: "/nowhere" };
    const { code, stdout } = await tq.run(["doctor"], { env });
    expect(code).toBe(3);
    expect(stdout).toMatch(/^OK {5}Node +\d+\./m);
    expect(stdout).toMatch(/^LACKS {2}Docker engine +no Docker engine answers/m);
    expect(stdout).toMatch(/^LACKS {2}Python +no Python was found$/m);
    expect(stdout).toContain("Start it: Docker Desktop");
    expect(stdout).toMatch(/exercise 2 .*not ready: Docker engine, Compose/);
    expect(stdout).toMatch(/exercise 1 .*ready$/m);
    const terminal = new Terminal(["doctor"], cleanEnvironment(tq.home, env));
    expect(await terminal.ended).toBe(3);
    const long = terminal.transcript.split("\n").filter((line) => line.length === 80);
    expect(long, "broken by the terminal, where it has no space").toEqual([]);
    const json = JSON.parse((await tq.run(["doctor", "--json"], { env })).stdout) as {
      exercises: { number: number; ready: boolean }[];
    };
    // These need nothing that this machine does not have.
    expect(json.exercises.filter(({ ready }) => ready).map(({ number }) => number)).toEqual([1, 8]);
  });
});

/** Python as a distribution can have it: closed to pip, or without it. It runs the real one, with another opinion of itself. */
const MANAGED = `import importlib.util as util, os, sysconfig
get_path, find_spec = sysconfig.get_path, util.find_spec
sysconfig.get_path = lambda name, *rest: os.environ["HERE"] if name == "stdlib" else get_path(name, *rest)
hidden = set(os.environ["HIDDEN"].split())
util.find_spec = lambda name, *rest: None if name in hidden else find_spec(name, *rest)
`;

describeWith("python", "tq doctor where pip may install nothing", () => {
  const tq = useTq();

  it.each([
    ["", true, [" -m venv .venv", ".venv/bin/python -m pip install hotqueue redis", "tq setup"]],
    ["ensurepip pip", true, ["sudo apt install python3-venv", " -m venv .venv", "tq setup"]],
    ["pip", false, [" -m venv .venv", "tq setup"]],
    ["", false, [" -m pip install hotqueue redis"]],
  ])("advises what works: without %j, closed: %s", async (hidden, closed, advice) => {
    const here = await mkdtemp(join(tq.home, "managed-"));
    await writeFile(join(here, "sitecustomize.py"), MANAGED);
    if (closed) await writeFile(join(here, "EXTERNALLY-MANAGED"), "");
    const { stdout: base } = await execa(python(), ["-c", "import sys; print(sys._base_executable)"]);
    const shim = join(here, "python3");
    const variables = `HERE='${here}' HIDDEN='hotqueue redis ${hidden}' PYTHONPATH='${here}'`;
    await writeFile(shim, `#!/bin/sh\n${variables} exec '${base}' "$@"\n`, { mode: 0o755 });
    const { stdout, code } = await tq.run(["doctor", "--python", shim]);
    expect(code).toBe(3);
    const lines = /^LACKS {2}Python [^]*?(?=^\S)/m.exec(stdout)?.[0] ?? stdout;
    for (const line of advice) expect(lines).toContain(line);
    expect(/(?<!\.venv\/bin\/python) -m pip install/.test(lines)).toBe(!closed && hidden === "");
  });
});

describeWith(["docker", "redis", "python", "web"], "tq doctor on a machine that has it all", () => {
  const tq = useTq();

  it("says so", async () => {
    const { code, stdout } = await tq.run(["doctor", "--python", python()]);
    expect(stdout).not.toContain("LACKS");
    expect(code).toBe(0);
  });
});

describeWith(["docker", "python"], "tq setup", () => {
  const tq = useTq();
  const env = { PIP_DISABLE_PIP_VERSION_CHECK: "1" };

  it("makes an environment that exercises find, is done at once the second time, and mends a broken one", async () => {
    const first = await tq.run(["setup"], { env });
    expect(first, first.stderr).toMatchObject({ code: 0 });
    expect(first.stdout).toContain("Python environment: ready");
    expect((await tq.run(["setup"], { env })).stdout).toContain("Python environment: there already");
    expect((await tq.run(["doctor"])).stdout).toMatch(/^OK {5}Python .*made by tq setup/m);
    expect((await tq.run(["doctor"])).stdout).toMatch(/^OK {5}web framework +flask in /m);
    await rm(join(tq.home, "python", "made-by-tq"));
    expect((await tq.run(["setup"], { env })).stdout).toContain("Python environment: ready");
  });

  it("does the rest where one thing cannot be had, and says which", async () => {
    const { code, stdout, stderr } = await tq.run(["setup", "--python", "/no/python"], {
      env: { TQ_HOME: join(tq.home, "other") },
    });
    expect(code).toBe(3);
    expect(stdout).toContain("image redis:7: there already");
    expect(stdout).toContain("Python environment: NOT READY");
    expect(stderr).toContain("no Python was found (/no/python)");
  });

  it("leaves no environment that passes for whole when it is stopped", async () => {
    const home = join(tq.home, "stopped");
    const setup = tq.start(["setup"], { env: { TQ_HOME: home } });
    await setup.until("stderr", "installing");
    setup.child.kill("SIGINT");
    expect((await setup.ended).code).toBe(130);
    await expect(access(join(home, "python", "made-by-tq"))).rejects.toThrow("ENOENT");
  });
});
