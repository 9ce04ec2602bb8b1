import { spawn } from "node:child_process";
import { chmod, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { startCannedServer } from "../support/queue/canned-server.js";
import { startFakeDocker } from "../support/docker/fake-docker.js";
import { describeWith } from "../support/suite/needs.js";
import { useRedisServer } from "../support/redis/redis-server.js";
import { itFails, type Row } from "../support/command-line/it-fails.js";
import { cleanEnvironment, TQ, useTq, watch } from "../support/command-line/tq.js";

describe("a machine that is in the way of tq redis up ends with 3", () => {
  const tq = useTq();
  const up = (...args: string[]) => ["redis", "up", ...args];
  const inHome = () => readdir(tq.home, { recursive: true });

  /** Whatever the reason, nothing is started and nothing remembered. */
  async function itFailsToStart(row: Row): Promise<void> {
    const ended = await tq.run(row.args, row.options);
    for (const text of row.says) expect(ended.stderr).toMatch(text);
    expect(ended.stderr).not.toMatch(/^\s+at .*:\d+/m);
    expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code: row.code, stdout: "" });
    expect((await inHome()).filter((path) => path.endsWith("state.json"))).toEqual([]);
  }

  it("the port is taken by another program", async () => {
    await using server = await startCannedServer("HTTP/1.1 400 Bad Request\r\n\r\n");
    const args = up("--engine", "embedded", "--port", String(server.port));
    const says = [
      /is taken by another program, process \d+ \(.*node/,
      `--port ${server.port + 1}`,
      /Or end it: +kill \d+/,
    ];
    await itFailsToStart({ args, code: 3, says });
  });

  it("the address of the engine is nonsense", async () => {
    const options = { env: { DOCKER_HOST: "carrier-pigeon://loft" } };
    await itFailsToStart({ args: up("--engine", "docker"), code: 3, says: ["on another machine"], options });
  });

  it("tq's own folder cannot be written", async () => {
    const options = { env: { TQ_HOME: "/dev/null" } };
    const says = ["tq cannot write its own records", "TQ_HOME=/some/folder"];
    await itFailsToStart({ args: up("--engine", "embedded", "--port", "0"), code: 3, says, options });
  });

  it("no Docker engine runs", async () => {
    const options = { env: { DOCKER_HOST: `unix://${tq.home}/docker.sock` } };
    const says = [
      "the engine docker does not work here: no Docker engine answers at unix://",
      "systemctl start docker",
    ];
    await itFailsToStart({ args: up("--engine", "docker"), code: 3, says, options });
  });

  it("neither redis-server nor valkey-server is there", async () => {
    const options = { env: { PATH: "/nowhere" } };
    const says = ["neither redis-server nor valkey-server is on the PATH", "apt install redis-server"];
    await itFailsToStart({ args: up("--engine", "native"), code: 3, says, options });
  });

  it("auto says why it takes what it takes", async () => {
    const env = { DOCKER_HOST: `unix://${tq.home}/docker.sock`, PATH: "/nowhere" };
    const ended = await tq.run(up("--port", "0"), { env });
    expect(ended.stderr).toMatch(
      /engine embedded \(not docker: no Docker engine answers[^;]*; not native: neither/,
    );
    expect(ended.code).toBe(0);
    expect((await tq.run(["redis", "down", "--volumes"])).code).toBe(0);
    const says = ["no engine here keeps data in a folder", "Leave --data out"];
    await itFailsToStart({ args: up("--data", join(tq.home, "d")), code: 3, says, options: { env } });
  });

  const pulls: [string, string, number | undefined, ...string[]][] = [
    [
      "no network",
      "Get https://registry-1.docker.io/v2/: dial tcp: lookup registry-1.docker.io: no such host",
      500,
      "the registry is not reached",
      "Check the network",
    ],
    [
      "a rate limit",
      "toomanyrequests: You have reached your pull rate limit",
      undefined,
      "rate limit",
      "docker login",
    ],
    ["an image that is gone", "manifest for redis:7 not found: manifest unknown", 404, "not there to be had"],
    [
      "no disk",
      "write /var/lib/docker/tmp/x: no space left on device",
      undefined,
      "the disk of the Docker engine is full",
      "docker system prune",
    ],
  ];
  it.each(pulls)("an image cannot be fetched: %s", async (_, refusal, status, ...says) => {
    await using engine = await startFakeDocker(refusal, status);
    const options = { env: { DOCKER_HOST: engine.url } };
    await itFailsToStart({ args: up("--engine", "docker", "--port", "0"), code: 3, says, options });
  });

  it("a fetch that is stopped is not taken for a missing engine", async () => {
    await using engine = await startFakeDocker("", "slow");
    const stopped = tq.start(up("--engine", "docker", "--port", "0"), { env: { DOCKER_HOST: engine.url } });
    await stopped.until("stderr", "fetching the image");
    stopped.child.kill("SIGINT");
    const { code, stderr } = await stopped.ended;
    expect(stderr).not.toContain("no Docker engine");
    expect(code).toBe(130);
  });
});

describeWith("redis", "a folder for the data that cannot be", () => {
  const tq = useTq();
  beforeAll(() => writeFile(join(tq.home, "file"), ""));

  itFails("ends with 2", tq, () => ({
    args: ["redis", "up", "--engine", "native", "--port", "0", "--data", join(tq.home, "file", "sub")],
    code: 2,
    says: ["the folder cannot be made", "Name a folder that you may write to"],
  }));
});

describeWith("redis", "a port that a Redis has", () => {
  const tq = useTq();
  const redis = useRedisServer();

  itFails("which is not tq's", tq, () => ({
    args: ["redis", "up", "--engine", "native", "--port", String(redis().port)],
    code: 3,
    says: [
      new RegExp(
        `port ${redis().port} of 127.0.0.1 is taken by a Redis that tq did not start, process ${redis().pid} \\(.*redis-server`,
      ),
      `tq push hello --redis-url redis://127.0.0.1:${redis().port}`,
      `tq redis cli --redis-url redis://127.0.0.1:${redis().port} SHUTDOWN`,
    ],
  }));

  it("which is tq's own, of another name", async () => {
    await tq.run(["redis", "up", "--engine", "native", "--port", "0", "--name", "one"]);
    const { stdout } = await tq.run(["redis", "url"]);
    const ended = await tq.run(["redis", "up", "--name", "two", "--port", new URL(stdout).port]);
    expect(ended).toMatchObject({ code: 3, stdout: "" });
    expect(ended.stderr).toMatch(/belongs to the Redis that tq started as "one"[^]*tq redis down --name one/);
    expect((await tq.run(["redis", "down", "--name", "one", "--volumes"])).code).toBe(0);
  });
});

describeWith("docker", "a Docker engine that this user may not use", () => {
  const tq = useTq();

  it.runIf(process.getuid?.() === 0)("ends with 3 and the remedy", async () => {
    await chmod(tq.home, 0o777);
    const child = spawn(process.execPath, [TQ, "redis", "up", "--engine", "docker"], {
      env: cleanEnvironment(tq.home),
      uid: 65534,
      gid: 65534,
    });
    const ended = await watch(child).ended;
    expect(ended).toMatchObject({ code: 3, stdout: "" });
    expect(ended.stderr).toMatch(/this user may not use the Docker engine[^]*usermod -aG docker/);
  });
});
