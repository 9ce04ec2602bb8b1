import { execFile } from "node:child_process";
import { chmod, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Redis } from "ioredis";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createDockerEngine } from "../../../../src/redis/engines/docker.js";
import { type StartRequest } from "../../../../src/redis/engines/engine.js";
import { describeWith } from "../../../support/suite/needs.js";
import { findFreePort } from "../../../../src/redis/engines/free-port.js";

const run = promisify(execFile);
const docker = async (...args: string[]) => (await run("docker", args)).stdout.trim();

/** The kernel's table has addresses as little-endian hexadecimal numbers. */
const DEFAULT_ROUTE = `
import socket
routes = [line.split() for line in open("/proc/net/route")][1:]
gateway = next(fields[2] for fields in routes if fields[1] == "00000000")
print(socket.inet_ntoa(bytes.fromhex(gateway)[::-1]))
`;

describeWith("docker", "the docker engine", () => {
  const name = `contract-${process.pid}`;
  let home = "";
  let reports: string[] = [];
  const engine = createDockerEngine({
    env: process.env,
    platform: process.platform,
    homeFolder: "/nowhere",
    uid: 4711,
    gid: 4712,
    self: ["node", "tq"],
  });
  const request = (some: Partial<StartRequest> = {}): StartRequest => ({
    name,
    port: 0,
    dataFolder: undefined,
    stateFolder: home,
    expose: false,
    password: undefined,
    report: (line) => reports.push(line),
    signal: new AbortController().signal,
    ...some,
  });
  const left = () =>
    Promise.all([
      docker("ps", "-aq", "--filter", `label=tq.name=${name}`),
      docker("volume", "ls", "-q", "--filter", `label=tq.name=${name}`),
    ]);

  beforeEach(async () => {
    reports = [];
    home = await mkdtemp(join(tmpdir(), "tq-test-docker-"));
  });
  afterEach(async () => {
    const found = await left();
    // What a test that failed has left would fail those after it.
    await docker("rm", "--force", "--volumes", `tq-${name}`).catch(() => "");
    await docker("volume", "rm", "--force", `tq-${name}-data`);
    await rm(home, { recursive: true });
    expect(found, "containers and volumes left by this test").toEqual(["", ""]);
  });
  /** This machine as a container on the default bridge sees it: where its default route leads. */
  const bridgeAddress = () => docker("run", "--rm", "python:3.14", "python", "-c", DEFAULT_ROUTE);
  const ask = async (host: string, port: number) => {
    const client = new Redis(port, host);
    try {
      return await client.ping();
    } finally {
      client.disconnect();
    }
  };

  it("publishes on the loopback and the bridge's address, and nowhere else", async () => {
    const redis = await engine.start(request());
    const gateway = await bridgeAddress();
    expect(redis.addresses).toEqual(["127.0.0.1", gateway]);
    for (const address of redis.addresses) expect(await ask(address, redis.port)).toBe("PONG");
    const ports = await docker("port", `tq-${name}`, "6379");
    expect(ports.split("\n").sort()).toEqual(
      redis.addresses.map((address) => `${address}:${redis.port}`).sort(),
    );
    const fromContainer =
      "import socket,sys; s=socket.create_connection((sys.argv[1], int(sys.argv[2]))); print(s.getpeername()[0])";
    const reached = await docker(
      "run",
      "--rm",
      "python:3.14",
      "python",
      "-c",
      fromContainer,
      gateway,
      String(redis.port),
    );
    expect(reached).toBe(gateway);
    await engine.stop(redis, { volumes: true, stateFolder: home });
    expect(await engine.inspect(redis)).toEqual({ state: "gone" });
    await engine.stop(redis, { volumes: true, stateFolder: home });
  });

  it("falls back to the loopback address where the bridge's port is taken, and says so", async () => {
    const gateway = await bridgeAddress();
    const port = await findFreePort();
    const other = createServer().listen(port, gateway);
    await once(other, "listening");
    const redis = await engine.start(request({ port }));
    expect(redis.addresses).toEqual(["127.0.0.1"]);
    expect(reports.join("\n")).toContain(`containers will not reach it at ${gateway}:${port}`);
    await engine.stop(redis, { volumes: true, stateFolder: home });
    other.close();
  });

  it("leaves nothing where the port is taken", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const { port } = other.address() as { port: number };
    await expect(engine.start(request({ port }))).rejects.toMatchObject({ code: "port-taken", exitCode: 3 });
    other.close();
  });

  it("leaves nothing when it is stopped while it starts", async () => {
    const stop = new AbortController();
    const starting = engine.start(request({ signal: stop.signal }));
    // Once the container runs, it waits for Redis.
    await expect.poll(() => docker("ps", "-q", "--filter", `label=tq.name=${name}`)).not.toBe("");
    stop.abort();
    await starting.then(
      (redis) => engine.stop(redis, { volumes: true, stateFolder: home }), // it was quicker
      (error: unknown) => {
        expect(error).toMatchObject({ name: "AbortError" });
      },
    );
  });

  it("does not touch a container or a volume of that name that is somebody else's", async () => {
    await docker("run", "-d", "--name", `tq-${name}`, "redis:7");
    const before = await docker("inspect", "-f", "{{.Id}} {{.State.StartedAt}}", `tq-${name}`);
    await expect(engine.start(request())).rejects.toMatchObject({ code: "name-taken", exitCode: 3 });
    expect(await docker("inspect", "-f", "{{.Id}} {{.State.StartedAt}}", `tq-${name}`)).toBe(before);
    await docker("rm", "--force", "--volumes", `tq-${name}`);
    await docker("volume", "create", `tq-${name}-data`);
    await expect(engine.start(request())).rejects.toMatchObject({ code: "name-taken" });
    await docker("volume", "rm", `tq-${name}-data`);
  });

  it("does not touch the container of another tq, and replaces what it left over itself", async () => {
    const redis = await engine.start(request());
    await expect(engine.start(request({ stateFolder: "/another" }))).rejects.toMatchObject({
      code: "name-taken",
    });
    expect(await engine.inspect(redis)).toEqual({ state: "running" });
    await docker("kill", `tq-${name}`);
    expect(await engine.inspect(redis)).toEqual({ state: "gone" });
    const again = await engine.start(request());
    expect(again.handle).not.toBe(redis.handle);
    await engine.stop(again, { volumes: true, stateFolder: home });
  });

  it("shows a password in no command line and no environment", async () => {
    const redis = await engine.start(request({ expose: true, password: "s3cret pass" }));
    const seen = await docker("inspect", `tq-${name}`);
    expect(`${seen}${(await run("ps", ["-eww", "-o", "args"])).stdout}`).not.toContain("s3cret");
    const client = new Redis(redis.port, "127.0.0.1", { password: "s3cret pass" });
    expect(await client.ping()).toBe("PONG");
    client.disconnect();
    await engine.stop(redis, { volumes: true, stateFolder: home });
  });

  it("keeps the data in a folder of the user's, as the user", async () => {
    const folder = join(home, "data");
    await run("mkdir", [folder]);
    await run("chown", ["4711:4712", folder]);
    await chmod(home, 0o755);
    const redis = await engine.start(request({ dataFolder: folder }));
    const client = new Redis(redis.port);
    await client.set("kept", "yes");
    client.disconnect();
    await engine.stop(redis, { volumes: true, stateFolder: home });
    expect(await readdir(folder)).toEqual(["dump.rdb"]);
    expect((await stat(join(folder, "dump.rdb"))).uid).toBe(4711);
  });
});
