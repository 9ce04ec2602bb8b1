import { once } from "node:events";
import { createServer } from "node:net";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CannedServer, startCannedServer } from "../support/queue/canned-server.js";
import { describeWith } from "../support/suite/needs.js";
import { findFreePort } from "../../src/redis/engines/free-port.js";
import { useRedisServer } from "../support/redis/redis-server.js";
import { itFails } from "../support/command-line/it-fails.js";
import { useTq } from "../support/command-line/tq.js";

describe("a command line that is wrong ends with 2", () => {
  const tq = useTq();
  const rows: [string[], ...(string | RegExp)[]][] = [
    [["shout"], "unknown command 'shout'", "See: tq --help"],
    [["pusch", "x"], "Did you mean push?"],
    [["redis"], "redis needs one of: up, down, status, logs, url, cli"],
    [["redis", "start"], "unknown command 'start'", "See: tq redis --help"],
    [["redis", "up", "--port", "x"], "number from 0 to 65535", "See: tq redis up --help"],
    [["len", "extra"], "too many arguments", "See: tq len --help"],
    [["push", "x", "--loud"], "unknown option '--loud'"],
    [["len", "--db", "one"], "--db", "whole number, 0 or more"],
    [["len", "--db", "-1"], "whole number, 0 or more"],
    [["len", "--queue", ""], "--queue", "empty"],
    [["len", "--serializer", "xml"], "Allowed choices are pickle, json, text"],
    [["push", "--input", "xml", "x"], "Allowed choices are text, json"],
    [["push", "--input", "json", "{oops"], "argument 1:", "a string stands in quotes"],
    [["push", "--input", "json", '{"$python":"os.system"}'], "argument 1:"],
    [["consume", "--timeout", "-1"], "number of seconds, 0 or more"],
    [["consume", "--timeout", "soon"], "number of seconds, 0 or more"],
    [["consume", "--timeout", "1e400"], "number of seconds, 0 or more"],
    [["consume", "--max", "0"], "whole number, 1 or more"],
    [["echo-worker", "--delay", "-3"], "number of seconds, 0 or more"],
    [["peek", "none"], "whole number, 1 or more"],
    [["get", "--redis-url", "http://localhost"], "--redis-url is not a Redis url", "redis://"],
    [["get", "--redis-url", "redis://localhost:70000"], "a port is a number from 1 to 65535"],
    [["get", "--redis-url", "redis://localhost/zero"], "its database is not a number"],
    [["get", "--redis-url", "redis+sentinel://localhost"], "the master's name is missing"],
    [["get", "--redis-url", "redis+cluster://localhost", "--db", "1"], "a Redis cluster has only database 0"],
    [["redis", "up", "--port", "99999"], "number from 0 to 65535"],
    [["redis", "up", "--engine", "podman"], "Allowed choices are"],
    [["redis", "up", "--name", "../up"], "name"],
    [["redis", "up", "--engine", "embedded", "--port", "0", "--data", "."], "embedded"],
  ];
  for (const [args, ...says] of rows) {
    itFails(`tq ${args.join(" ")}`, tq, () => ({ args, code: 2, says }));
  }

  itFails("REDIS_IP that is a url", tq, () => ({
    args: ["len"],
    code: 2,
    says: ["REDIS_IP is not the name or address of a host"],
    options: { env: { REDIS_IP: "redis://h" } },
  }));

  itFails("a url's password is not repeated", tq, () => ({
    args: ["len", "--redis-url", "redis://:s3cret@host:99999"],
    code: 2,
    says: [/^(?!.*s3cret)/s],
  }));
});

describe("a Redis that is not there, or not a Redis, ends with 3", () => {
  const tq = useTq();

  it("nothing listens", async () => {
    const url = `redis://127.0.0.1:${await findFreePort()}`;
    for (const args of [["push", "x"], ["get"], ["consume"], ["len"], ["queues"], ["clear", "--yes"]]) {
      const ended = await tq.run([...args, "--redis-url", url]);
      expect(ended.code).toBe(3);
      expect(ended.stderr).toContain(
        `Redis at ${url} (--redis-url) does not answer: the connection was refused`,
      );
      expect(ended.stderr).toContain("tq redis up");
    }
  });

  itFails("the host has no address", tq, () => ({
    args: ["len"],
    code: 3,
    says: ["redis-db.invalid", "cannot be found", "Compose service"],
    options: { env: { REDIS_IP: "redis-db.invalid" } },
  }));

  const answers: [string, string, ...string[]][] = [
    ["a web server", "HTTP/1.1 400 Bad Request\r\n\r\n", "is not a Redis: another program answers there"],
    ["still loading", "-LOADING Redis is loading the dataset in memory\r\n", "is still loading its data"],
    [
      "cannot save",
      "-MISCONF Redis is configured to save RDB snapshots\r\n",
      "cannot save its data",
      "tq redis logs",
    ],
    ["protected mode", "-DENIED Redis is running in protected mode\r\n", "is in protected mode"],
    ["cannot find its cluster", "-CLUSTERDOWN Hash slot not served\r\n", "is a node of a cluster"],
    ["an answer nobody knows", "-WEIRD as can be\r\n", "answered: WEIRD as can be"],
  ];
  describe.each(answers)("%s", (_, answer, ...says) => {
    let server: CannedServer;
    beforeAll(async () => {
      server = await startCannedServer(answer);
    });
    afterAll(() => server[Symbol.asyncDispose]());
    itFails("tq push", tq, () => ({
      args: ["push", "x", "--db", "0", "--redis-url", `redis://127.0.0.1:${server.port}`],
      code: 3,
      says,
    }));
  });

  it("a server that hangs up is a put whose outcome is not known", async () => {
    const server = createServer((socket) => socket.once("data", () => socket.destroy())).listen(
      0,
      "127.0.0.1",
    );
    await once(server, "listening");
    const { port } = server.address() as { port: number };
    const ended = await tq.run(["push", "x", "--db", "0", "--redis-url", `redis://127.0.0.1:${port}`]);
    server.close();
    expect(ended.code).toBe(3);
    expect(ended.stderr).toContain("closed the connection before it confirmed 1 message");
    expect(ended.stderr).toContain("not sent a second time");
  });
});

describeWith("redis", "a Redis that refuses", () => {
  const tq = useTq();
  const open = useRedisServer();
  const locked = useRedisServer(["--requirepass", "s3cret"]);
  const full = useRedisServer(["--maxmemory", "1mb"]);
  const node = useRedisServer(["--cluster-enabled", "yes"]);
  const replica = useRedisServer(["--replicaof", "127.0.0.1 1"]);
  const url = (server: typeof open, user = "") => `redis://${user}127.0.0.1:${server().port}`;

  beforeAll(async () => {
    const client = new Redis(open().port, { db: 1 });
    await client.set("hotqueue:text", "a string");
    await client.rpush("hotqueue:plain", "hello world");
    await client.rpush("hotqueue:doc", '{"a": 1}');
    await client.rpush("hotqueue:binary", Buffer.from([0, 255, 1]));
    await client.rpush("hotqueue:pickled", Buffer.from("\x80\x04K\x01.", "latin1"));
    await client.quit();
  });

  const rows: [string, () => string[], number, ...(string | RegExp)[]][] = [
    [
      "a password is wanted",
      () => ["len", "--redis-url", url(locked)],
      3,
      "wants a password",
      "redis://:password@",
    ],
    [
      "a wrong password",
      () => ["len", "--redis-url", url(locked, ":no@")],
      3,
      "refuses the user or password",
    ],
    [
      "a password too many",
      () => ["len", "--redis-url", url(open, ":no@")],
      3,
      "has no password, and one was given",
    ],
    [
      "no memory left",
      () => ["push", "x".repeat(99_999), "--redis-url", url(full)],
      3,
      "has used up its memory",
    ],
    [
      "a cluster's node",
      () => ["push", "x", "--redis-url", url(node)],
      3,
      "is a node of a cluster",
      String.raw`redis\+cluster://`,
    ],
    ["a replica", () => ["push", "x", "--redis-url", url(replica)], 3, "is a replica and refuses to write"],
    [
      "no such database",
      () => ["push", "x", "--db", "99", "--redis-url", url(open)],
      2,
      "has no database 99",
    ],
    [
      "TLS where there is none",
      () => ["len", "--redis-url", url(open).replace("redis:", "rediss:")],
      3,
      "did not answer the TLS handshake",
    ],
    [
      "a key of another type",
      () => ["consume", "--queue", "text", "--redis-url", url(open)],
      1,
      "hotqueue:text in database 1 holds a string; a queue is a list",
    ],
    [
      "push to a key of another type",
      () => ["push", "x", "--queue", "text", "--redis-url", url(open)],
      1,
      "holds a string",
    ],
    [
      "plain text under pickle",
      () => ["consume", "--queue", "plain", "--redis-url", url(open)],
      1,
      "the first message of hotqueue:plain is not pickle",
      /begins with: +b"hello world"/,
      String.raw`redis-cli -p \d+ -n 1 LINDEX hotqueue:plain 0`,
      "--serializer text",
      "still in the queue",
    ],
    ["JSON under pickle", () => ["get", "--queue", "doc", "--redis-url", url(open)], 1, "--serializer json"],
    [
      "pickle under JSON",
      () => ["get", "--queue", "pickled", "--serializer", "json", "--redis-url", url(open)],
      1,
      "--serializer pickle",
    ],
    [
      "bytes under pickle",
      () => ["get", "--queue", "binary", "--redis-url", url(open)],
      1,
      String.raw`b"\\x00\\xff\\x01"`,
    ],
  ];
  for (const [title, args, code, ...says] of rows) {
    itFails(title, tq, () => ({ args: args(), code, says: says.map((text) => new RegExp(text)) }));
  }

  it("leaves what it could not read where it was", async () => {
    const client = new Redis(open().port, { db: 1 });
    expect(await client.lrange("hotqueue:plain", 0, -1)).toEqual(["hello world"]);
    expect(await client.lrange("hotqueue:doc", 0, -1)).toEqual(['{"a": 1}']);
    expect(await client.get("hotqueue:text")).toBe("a string");
    await client.quit();
  });
});
