import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { notesOf } from "../../../../src/lab/program/program-notes.js";
import { Program, type ProgramOptions } from "../../../../src/lab/program/program.js";
import { serveEmbedded } from "../../../../src/redis/engines/embedded-server.js";
import { startHere } from "../../../../src/lab/python/start-here.js";
import { describeWith, python } from "../../../support/suite/needs.js";

const runtime = new URL("../../../../src/lab/program/runtime", import.meta.url).pathname;

describeWith("python", "a student's program", () => {
  let root = "";
  const folder = () => join(root, "work");
  const outside = () => join(root, "outside.txt");
  beforeEach(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), "tq-test-sandbox-")));
    await mkdir(folder());
    await writeFile(outside(), "theirs");
  });
  afterEach(() => rm(root, { recursive: true }));

  const start = async (code: string, some: Partial<ProgramOptions> = {}): Promise<Program> => {
    await writeFile(join(folder(), "it.py"), code);
    return new Program({
      python: startHere(python()),
      command: ["it.py"],
      folder: folder(),
      runtime,
      env: process.env,
      allowNetwork: false,
      redisPort: 1,
      ...some,
    });
  };
  const run = async (code: string, some: Partial<ProgramOptions> = {}) => {
    await using program = await start(code, some);
    await expect.poll(() => program.ended).not.toBeNull();
    const { ended, errors, lines, notes } = program;
    return { ended, errors, lines, refused: notesOf(notes, "refused") };
  };

  it.each([
    ["writes over a file", "open('../outside.txt', 'w')"],
    ["removes a file", "import os; os.remove('../outside.txt')"],
    ["removes a folder above its own", "import shutil; shutil.rmtree('..')"],
    ["moves a file away", "import os; os.rename('../outside.txt', 'mine')"],
    ["moves a file over one", "import os; open('a', 'w'); os.replace('a', '../outside.txt')"],
    ["writes through a link", "import os; os.symlink('../outside.txt', 'link'); open('link', 'w')"],
    ["writes by a path object", "import pathlib; pathlib.Path('..', 'outside.txt').write_text('x')"],
    ["empties a file", "import os; os.truncate('../outside.txt', 0)"],
    ["takes rights away", "import os; os.chmod('../outside.txt', 0)"],
  ])("that %s outside its folder is stopped, by line", async (_, line) => {
    const { ended, refused, errors } = await run(`print(1)\n${line}\n`);
    expect(ended?.code, errors).toBe(1);
    expect(refused[0]).toMatchObject({ kind: "file", at: { file: "it.py", line: 2 } });
    expect(errors).toContain("tq does not let a program that it runs touch this");
    expect(await readFile(outside(), "utf8")).toBe("theirs");
  });

  it("may write and remove inside its folder, and in the folder for temporary files", async () => {
    const { ended, errors } = await run(
      `import os, shutil, tempfile
os.makedirs('a/b'); open('a/b/c', 'w').write('x'); os.rename('a/b/c', 'd'); os.remove('d'); shutil.rmtree('a')
with tempfile.TemporaryDirectory() as place, tempfile.NamedTemporaryFile() as file: open(place + '/x', 'w')
open(os.devnull, 'w').write('x')`,
    );
    expect(errors).toBe("");
    expect(ended?.code).toBe(0);
  });

  it.each([
    ["the web", "import urllib.request; urllib.request.urlopen('http://example.org/')", "example.org:80"],
    ["an address", "import socket; socket.create_connection(('192.0.2.1', 80))", "192.0.2.1:80"],
    [
      "a Redis of the student's",
      "import socket; socket.create_connection(('127.0.0.1', 6379))",
      "127.0.0.1:6379",
    ],
    [
      "a socket in a file",
      "import socket; socket.socket(socket.AF_UNIX).connect('/run/x.sock')",
      "/run/x.sock",
    ],
  ])("does not reach %s, and it is named by line", async (_, line, target) => {
    const { refused } = await run(`print(1)\n${line}\n`);
    expect(refused[0]).toMatchObject({ kind: "network", target, at: { file: "it.py", line: 2 } });
  });

  it("reaches this machine, and with leave others", async () => {
    const server = createServer((socket) => socket.end("hello")).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as { port: number };
    const read = (host: string) =>
      `import socket\nprint(socket.create_connection(('${host}', ${port})).recv(9))`;
    try {
      expect((await run(read("localhost"))).lines).toEqual(["b'hello'"]);
      // The name is looked up and not refused; whether it is known is not tq's business.
      const asked =
        "import socket\ntry: socket.getaddrinfo('no.such.host.invalid', 80)\nexcept socket.gaierror: print('asked')";
      expect((await run(asked, { allowNetwork: true })).lines).toEqual(["asked"]);
      expect((await run(asked)).lines).toEqual([]);
    } finally {
      server.close();
    }
  });

  it("leads a Redis client to the private Redis, whatever host it names, and notes the host", async () => {
    await using redis = await serveEmbedded({ port: 0 });
    const code = `import asyncio, redis, redis.asyncio
redis.Redis(host='no.such.host', port=7, db=2).set('a', 'sync')
async def main():
    await redis.asyncio.Redis(host='nor.this', db=2).set('b', 'async')
asyncio.run(main())
print(redis.from_url('redis://x/2').mget('a', 'b'))
print(redis.Redis(unix_socket_path='/run/redis.sock', db=2).get('a'), redis.from_url('rediss://:secret@y/2').get('b'))`;
    await using program = await start(code, { redisPort: redis.port });
    await expect.poll(() => program.ended).not.toBeNull();
    expect(program.lines, program.errors).toEqual(["[b'sync', b'async']", "b'sync' b'async'"]);
    expect(notesOf(program.notes, "connect")).toMatchObject([
      { host: "no.such.host", port: 7, db: 2, at: { file: "it.py", line: 2 } },
      { host: "nor.this", port: 6379, db: 2 },
      { host: "x", port: 6379, db: 2 },
      { host: "unix:/run/redis.sock", port: 0, db: 2 },
      { host: "y", port: 6379, db: 2 },
    ]);
    expect(notesOf(program.notes, "connected")).toHaveLength(5);
  });

  it("sleeps a hundredth of what it asks for, and by its own clock all of it, in order", async () => {
    const code = `import threading, time
from time import sleep
began = time.time(), time.monotonic()
order = []
def after(seconds):
    sleep(seconds)
    order.append(seconds)
threads = [threading.Thread(target=after, args=(n,)) for n in (15, 5, 10)]
for one in threads: one.start()
for one in threads: one.join()
while time.time() - began[0] < 20: time.sleep(5)
print(order, round(time.time() - began[0]), round(time.monotonic() - began[1]))
try: time.sleep('x')
except TypeError as error: print(error)`;
    const began = performance.now();
    const { lines, errors } = await run(code, { speed: 100 });
    expect(performance.now() - began).toBeLessThan(5000);
    expect(lines[0], errors).toBe("[5, 10, 15] 20 20");
    expect(lines[1]).toMatch(/str/);
  });

  it("cannot fork without end, nor end its parent", async () => {
    const fork = `import os, time
try:
    for _ in range(1000):
        if os.fork() == 0:
            time.sleep(1000)
except PermissionError: print('enough')`;
    const forked = await run(fork);
    expect(forked.lines).toEqual(["enough"]);
    const { refused, ended } = await run("import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\n");
    expect(ended?.code).toBe(1);
    expect(refused[0]).toMatchObject({ kind: "process", at: { line: 2 } });
  });

  it("leaves nothing running, not even what has left its group", async () => {
    const marker = join(folder(), "pid");
    const code = `import os, time
if os.fork() == 0:
    os.setsid()
    open('pid', 'w').write(str(os.getpid()))
    time.sleep(1000)
time.sleep(1000)`;
    let pid = 0;
    {
      await using program = await start(code);
      expect(program.ended).toBeNull();
      await expect.poll(() => existsSync(marker) && readFile(marker, "utf8")).toMatch(/^\d+$/);
      pid = Number(await readFile(marker, "utf8"));
    }
    await expect.poll(() => existsSync(`/proc/${pid}`)).toBe(false);
  });

  it("is ended when it prints without end or takes all memory", async () => {
    await using flood = await start("while True: print('x' * 1000000)");
    await expect.poll(() => flood.ended).not.toBeNull();
    expect(flood.flooded).toBe(true);
    const { errors } = await run("x = bytearray(8 * 1024 ** 3)");
    expect(errors).toContain("MemoryError");
  });
});
