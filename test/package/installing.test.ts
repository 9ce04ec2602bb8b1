import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cleanEnvironment } from "../support/command-line/tq.js";

const run = promisify(execFile);
const ROOT = new URL("../..", import.meta.url).pathname;

/** npm takes what it has fetched before; an installation is not to depend on the network more than it must. */
const NPM = { npm_config_prefer_offline: "true", npm_config_audit: "false", npm_config_fund: "false" };

describe("a clone that was never built", () => {
  let folder = "";
  const at = (...path: string[]) => join(folder, ...path);
  const env = (added: Record<string, string> = {}) => ({ ...cleanEnvironment(at("home")), ...NPM, ...added });

  /** The files of this clone that are, or will be, in the repository; its name has a space, as a folder's may. */
  const clone = async (name: string): Promise<string> => {
    const { stdout } = await run("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
      cwd: ROOT,
      maxBuffer: 1e8,
    });
    for (const file of stdout.split("\0").filter(Boolean)) {
      await mkdir(dirname(at(name, file)), { recursive: true });
      await cp(join(ROOT, file), at(name, file)).catch(() => undefined); // one that was removed
    }
    return at(name);
  };
  /** The packages of the workshop, as somebody has them who has installed them before; copying costs nothing. */
  const withPackages = (cwd: string) =>
    run("cp", ["-al", join(ROOT, "node_modules"), join(cwd, "node_modules")]);
  const works = async (tq: string, ...args: string[]): Promise<void> => {
    const options = { cwd: at(), env: env() };
    expect((await run(tq, [...args, "--version"], options)).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect((await run(tq, [...args, "demo"], options)).stdout).toContain("Delay from push to print");
    expect((await run(tq, [...args, "exercise"], options)).stdout).toContain("The echo worker");
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "tq-test-installing-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("can be installed as a command", async () => {
    const cwd = await clone("my global clone");
    await mkdir(at("prefix"));
    await run("npm", ["install", "--global", "--prefix", at("prefix"), "."], { cwd, env: env() });
    await works(at("prefix/bin/tq"));
  }, 600_000);

  it("can be linked, and called with npx", async () => {
    const cwd = await clone("my linked clone");
    await withPackages(cwd);
    const called = await run("npx", ["tq", "--version"], { cwd, env: env() });
    expect(called.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    await rm(join(cwd, "dist"), { recursive: true });
    const built = await run(process.execPath, [join(cwd, "bin/tq.js"), "--version"], {
      cwd: at(),
      env: env(),
    });
    expect(built.stderr).toContain("tq is not built yet");
    await rm(join(cwd, "dist"), { recursive: true });
    await mkdir(at("links"));
    await run("npm", ["link"], { cwd, env: env({ npm_config_prefix: at("links") }) });
    await works(at("links/bin/tq"));
  });

  it("can be packed, and the tarball installed", async () => {
    const cwd = await clone("my packed clone");
    await withPackages(cwd);
    await run("npm", ["pack", "--pack-destination", at()], { cwd, env: env() });
    const [tarball = ""] = (await readdir(at())).filter((name) => name.endsWith(".tgz"));
    await mkdir(at("with tarball"));
    await writeFile(at("with tarball/package.json"), '{"private":true}');
    await run("npm", ["install", at(tarball)], { cwd: at("with tarball"), env: env() });
    await works(at("with tarball/node_modules/.bin/tq"));
  });

  it("can be depended upon as a git repository", async () => {
    const cwd = await clone("repository");
    const git = (...args: string[]) =>
      run("git", ["-c", "user.name=t", "-c", "user.email=t@example.org", ...args], { cwd, maxBuffer: 1e8 });
    await git("init", "--quiet");
    await git("add", "--all");
    await git("commit", "--quiet", "--message", "all");
    await mkdir(at("with git"));
    await writeFile(at("with git/package.json"), '{"private":true}');
    await run("npm", ["install", `git+file://${cwd}`], { cwd: at("with git"), env: env() });
    await works(at("with git/node_modules/.bin/tq"));
  }, 600_000);

  it("says what is missing where it cannot build, without a trace", async () => {
    const cwd = await clone("broken");
    await writeFile(join(cwd, "package-lock.json"), "{}");
    const failed = run(process.execPath, [join(cwd, "bin/tq.js"), "--version"], { cwd: at(), env: env() });
    await expect(failed).rejects.toMatchObject({ code: 3 });
    const { stderr } = await failed.catch((error: unknown) => error as { stderr: string });
    expect(stderr).toContain("it could not be built");
    expect(stderr).not.toMatch(/^\s+at /m);
    await rm(join(cwd, ".config"), { recursive: true });
    const bare = run(process.execPath, [join(cwd, "bin/tq.js")], { cwd: at(), env: env() });
    await expect(bare).rejects.toMatchObject({
      code: 3,
      stderr: expect.stringContaining("not complete") as string,
    });
  });
});
