import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serveEmbedded } from "../../src/redis/engines/embedded-server.js";
import { cleanEnvironment } from "../support/command-line/tq.js";

const run = promisify(execFile);
const ROOT = new URL("../..", import.meta.url).pathname;
const TSC = join(ROOT, "node_modules/typescript/bin/tsc");

const PROGRAM = `
import { HotQueue, type Message, PythonObject, SerializationError, UnreadableMessageError } from "task-queue-toolkit";

await using queue = new HotQueue<{ n: number }>("library", { port: Number(process.argv[2]), db: 1 });
const length: number = await queue.put({ n: 1 }, { n: 2 });
const first: { n: number } | null = await queue.get({ block: true, timeout: 5 });
const messages: Message<{ n: number }>[] = await queue.peek();
const known = [PythonObject, SerializationError, UnreadableMessageError].every((type) => typeof type === "function");
console.log(JSON.stringify([length, first, messages[0]?.value, known]));
`;

/** The tarball as npm would publish it, in a folder that has nothing else. */
describe("the packed tarball, installed", () => {
  let folder = "";
  let home = "";
  const installed = (...path: string[]) => join(folder, "node_modules/task-queue-toolkit", ...path);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "tq-test-package-"));
    home = join(folder, "home");
    await run("npm", ["pack", "--ignore-scripts", "--pack-destination", folder], { cwd: ROOT });
    const [tarball = ""] = (await readdir(folder)).filter((name) => name.endsWith(".tgz"));
    await writeFile(join(folder, "package.json"), '{"private":true,"type":"module"}');
    await run("npm", ["install", "--offline", "--no-audit", "--no-fund", `./${tarball}`], { cwd: folder });
  }, 120_000);
  afterAll(() => rm(folder, { recursive: true }));

  const tq = (...args: string[]) =>
    run(join(folder, "node_modules/.bin/tq"), args, { cwd: folder, env: cleanEnvironment(home) });

  it("brings no other package, and no install script", async () => {
    expect(await readdir(join(folder, "node_modules"))).toEqual([
      ".bin",
      ".package-lock.json",
      "task-queue-toolkit",
    ]);
    const { scripts = {}, dependencies } = JSON.parse(await readFile(installed("package.json"), "utf8")) as {
      scripts?: Record<string, string>;
      dependencies?: object;
    };
    expect(dependencies).toBeUndefined();
    expect(Object.keys(scripts).filter((name) => /^(pre|post)?install$/.test(name))).toEqual([]);
  });

  it("holds what it needs and nothing of the workshop", async () => {
    expect((await readdir(installed())).sort()).toEqual(
      ["CHANGELOG.md", "LICENSE", "README.md", "bin", "compose", "dist", "package.json"].sort(),
    );
    const notices = await readFile(installed("dist/THIRD-PARTY-LICENSES.txt"), "utf8");
    for (const name of ["ioredis", "commander", "dockerode", "js-redis-server", "lua-redis-wasm", "execa"]) {
      expect(notices).toContain(`Name: ${name}\n`);
    }
  });

  it("runs the demonstration, and a queue on a Redis of its own", async () => {
    expect((await tq("demo")).stdout).toContain("Delay from push to print");
    expect((await tq("--version")).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    await tq("redis", "up", "--engine", "embedded", "--port", "0");
    try {
      await tq("push", "hello");
      expect((await tq("consume", "--max", "1")).stdout).toBe("hello\n");
    } finally {
      await tq("redis", "down");
    }
  });

  it("is a library with types", async () => {
    await writeFile(join(folder, "program.ts"), PROGRAM);
    const types = ["--types", "node", "--typeRoots", join(ROOT, "node_modules/@types")];
    const settings = [
      "--module",
      "nodenext",
      "--target",
      "es2022",
      "--lib",
      "es2023,esnext.disposable",
      "--strict",
    ];
    await run(process.execPath, [TSC, ...settings, ...types, "program.ts"], { cwd: folder }).catch(
      (error: unknown) => {
        throw new Error((error as { stdout: string }).stdout);
      },
    );
    await using redis = await serveEmbedded({ port: 0 });
    const { stdout } = await run(process.execPath, ["program.js", String(redis.port)], { cwd: folder });
    expect(JSON.parse(stdout)).toEqual([2, { n: 1 }, { n: 2 }, true]);
  });
});
