import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, it } from "vitest";
import { disconnect } from "../../../src/queue/client.js";
import { connectTo } from "../../../src/queue/connect.js";
import { findFreePort } from "../../../src/redis/engines/free-port.js";
import { explainRedisError } from "../../../src/redis/explain-error.js";
import { chooseTarget } from "../../../src/redis/target.js";
import { startRedisCluster } from "../../support/redis/redis-cluster.js";
import { startRedisServer, startSentinel, type TestRedis } from "../../support/redis/redis-server.js";
import { describeWith } from "../../support/suite/needs.js";

/** A name and a password with every character that means something in a url. */
const USER = "me@example.org/a";
const PASSWORD = "a@b/c#d?e%f:g h";
const LOGIN = `${encodeURIComponent(USER)}:${encodeURIComponent(PASSWORD)}`;

describeWith("redis", "the ways into a Redis", () => {
  const folder = mkdtempSync(join(tmpdir(), "tq-test-ways-"));
  const socket = join(folder, "r s.sock");
  const running: AsyncDisposable[] = [];
  let redis: TestRedis;
  let tlsPort: number;

  beforeAll(async () => {
    tlsPort = await findFreePort();
    makeCertificate(folder, "redis.example.org");
    redis = await keep(
      startRedisServer([
        ...["--unixsocket", socket, "--tls-port", String(tlsPort), "--tls-auth-clients", "no"],
        ...["--tls-cert-file", join(folder, "cert.pem"), "--tls-key-file", join(folder, "key.pem")],
      ]),
    );
    await addUser(redis.port);
  });
  afterAll(async () => {
    await Promise.all(running.map((one) => one[Symbol.asyncDispose]()));
    rmSync(folder, { recursive: true });
  });

  async function keep<T extends AsyncDisposable>(starting: Promise<T>): Promise<T> {
    const one = await starting;
    running.push(one);
    return one;
  }

  async function addUser(port: number): Promise<void> {
    const client = new Redis(port);
    await client.call("ACL", "SETUSER", USER, "on", `>${PASSWORD}`, "~*", "+@all");
    client.disconnect();
  }

  /** Who one is there, and in which database; rejects with the words that tq says. */
  async function enter(redisUrl: string, tls?: object): Promise<string> {
    const target = chooseTarget({ env: {}, started: null, redisUrl });
    const connection = { ...target.connection, ...(tls && { tls }) };
    const client = await connectTo(connection)().catch((error: unknown) => {
      const { message, hint = "" } = explainRedisError(error, target);
      throw new Error(`${message}\n${hint}`);
    });
    try {
      const who = String(await client.callBuffer("ACL", "WHOAMI"));
      const where = client.isCluster ? "" : String(await client.callBuffer("CLIENT", "INFO"));
      return `${who} ${/ db=(\d+)/.exec(where)?.[1] ?? ""}`;
    } finally {
      disconnect(client);
    }
  }

  it("are a port, a socket, a sentinel and a cluster, for a user of any name and password", async () => {
    const sentinel = await keep(startSentinel("the-master", redis.port));
    const cluster = await keep(startRedisCluster(0));
    for (const { port } of cluster.nodes) await addUser(port);
    const path = socket.split("/").map(encodeURIComponent).join("/");
    for (const [url, db] of [
      [`redis://${LOGIN}@127.0.0.1:${redis.port}/2`, 2],
      [`REDIS://${LOGIN}@127.0.0.1:${redis.port}?db=3`, 3],
      [`unix://${LOGIN}@${path}?db=2`, 2],
      [`redis+unix://${LOGIN}@${path}`, 1],
      [`redis+sentinel://${LOGIN}@127.0.0.1:${sentinel.port}/the-master/2`, 2],
      [`redis+cluster://${LOGIN}@127.0.0.1:${cluster.nodes[0]?.port ?? 0}`, ""],
    ] as const) {
      expect(await enter(url), url).toBe(`${USER} ${db}`);
    }
    expect(await enter(`unix://${path}`)).toBe("default 1");
  });

  it("say what is wrong with a socket", async () => {
    writeFileSync(join(folder, "file"), "");
    await expect(enter(`unix://${folder}/none`)).rejects.toThrow("there is no such file");
    await expect(enter(`unix://${folder}/file`)).rejects.toThrow("nobody listens on that file");
  });

  it.runIf(process.getuid?.() !== 0)("say that a socket is another user's", async () => {
    chmodSync(socket, 0o000);
    await expect(enter(`unix://${encodeURI(socket)}`)).rejects.toThrow("this user may not use that socket");
  });

  it("say that a certificate is for another name, and not that its authority is unknown", async () => {
    const url = `rediss://${LOGIN}@127.0.0.1:${tlsPort}`;
    const ca = readFileSync(join(folder, "cert.pem"));
    await expect(enter(url)).rejects.toThrow("does not accept");
    const refused = await enter(url, { ca }).catch((error: unknown) => String(error));
    expect(refused).toContain("for another name: it is for redis.example.org, and the url says 127.0.0.1");
    expect(refused).toContain(`--redis-url rediss://redis.example.org:${tlsPort}`);
    expect(refused).not.toContain("NODE_EXTRA_CA_CERTS");
    expect(await enter(url, { ca, servername: "redis.example.org" })).toBe(`${USER} 1`);
  });

  it("never repeat a password that a server sends back", async () => {
    const odd = await keep(startRedisServer(["--rename-command", "AUTH", ""]));
    const refused = await enter(`redis://${LOGIN}@127.0.0.1:${odd.port}`).catch((error: unknown) => error);
    expect(String(refused)).toContain("unknown command");
    expect(String(refused)).not.toContain("a@b");
  });
});

/** One that is its own authority. */
function makeCertificate(folder: string, name: string): void {
  execFileSync(
    "openssl",
    [
      ...[
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-days",
        "2",
      ],
      ...["-keyout", join(folder, "key.pem"), "-out", join(folder, "cert.pem")],
      ...["-subj", `/CN=${name}`, "-addext", `subjectAltName=DNS:${name}`],
    ],
    { stdio: "ignore" },
  );
}
