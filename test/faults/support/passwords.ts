import childProcess from "node:child_process";
import dns from "node:dns";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it, vi } from "vitest";
import { commands } from "../../../src/cli/commands/index.js";
import { type CommandEntry } from "../../../src/cli/command.js";
import { useRedisServer } from "../../support/redis/redis-server.js";
import { describeWith } from "../../support/suite/needs.js";
import { type Ended, useTq } from "../../support/command-line/tq.js";
import { forms, type Password, passwords } from "../arbitraries/passwords.js";
import { fuzz } from "./fuzz.js";
import { runInProcess } from "./in-process.js";

/** What a command needs so that it does its work and ends. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  push: ["x"],
  get: ["--block", "--timeout", "0.01"],
  consume: ["--timeout", "0.01"],
  "echo-worker": ["--timeout", "0.01", "--reliable"],
  clear: ["--yes"],
  "dead show": ["1"],
  "dead retry": ["--all"],
  "dead drop": ["--all", "--yes"],
  exercise: ["1", "--check"],
  "redis cli": ["PING"],
  "redis up": ["--engine", "native", "--port", "0"],
  "sidecar exec": ["x", "true"],
};

/** They end by themselves only when they are done with something large, and ask no Redis of the user's. */
const LEFT_OUT = ["demo", "setup", "dev check", "redis serve-embedded", "sidecar up", "sidecar shell"];

const everyCommand = leaves(commands).filter((path) => !LEFT_OUT.includes(path));

function leaves(entries: readonly CommandEntry[], above = ""): string[] {
  return entries.flatMap((entry) =>
    "children" in entry ? leaves(entry.children, `${above}${entry.name} `) : `${above}${entry.name}`,
  );
}

/** It takes a url apart in each way. */
const NASTY: Password = {
  text: "GQHX@JQKX/MQNX#PQRX?TQVX%WQYX:HQGX",
  tokens: ["GQHX", "JQKX", "MQNX", "PQRX", "TQVX", "WQYX", "HQGX"],
};

/** What is noted of a command that does nothing but connect. */
const LOOKED_UP = `${JSON.stringify({ lookup: "localhost" })}\n`;

/** How the url is given, with what it is. */
const WAYS: readonly ((url: string) => { args: string[]; env?: Record<string, string> })[] = [
  (url) => ({ args: ["--redis-url", url] }),
  (url) => ({ args: [`--redis-url=${url}`] }),
  (url) => ({ args: [`--redisurl=${url}`] }),
  (url) => ({ args: ["--db", url] }),
  (url) => ({ args: [], env: { TQ_REDIS_URL: url } }),
  (url) => ({ args: [], env: { REDIS_IP: url } }),
];

/** Those that are quick enough to be run by the thousand, within this process. */
const QUICK = everyCommand.filter((path) => !/^(exercise|redis|sidecar|network|doctor)/.test(path));

export function describePasswords({ runs, processes }: { runs: number; processes: number }): void {
  describeWith("redis", "passwords", () => {
    const redis = useRedisServer([
      "--user",
      "default",
      "off",
      "--user",
      "me",
      "on",
      `>${NASTY.text}`,
      "~*",
      "&*",
      "+@all",
    ]);
    const tq = useTq();

    it("are in nothing that a command prints, looks up or starts", { timeout: 3_600_000 }, async () => {
      using seen = watchThisProcess();
      const input = fc.record({
        password: passwords,
        form: fc.constantFrom(...forms),
        way: fc.constantFrom(...WAYS),
        command: fc.constantFrom(...QUICK),
        flags: fc.subarray(["--json", "--debug", "--plain"]),
        encoded: fc.boolean(),
      });
      await fuzz(
        "passwords",
        input,
        runs,
        async ({ password, form, way, command, flags, encoded }, tally) => {
          const { args, env = {} } = way(
            form(encoded ? encodeURIComponent(password.text) : password.text, redis().port),
          );
          seen.names.clear();
          seen.started.length = 0;
          const words = [...command.split(" "), ...(WORDS[command] ?? []), ...args, ...flags];
          const ended = await runInProcess(tq.home, words, { env });
          tally.count(`exit ${ended.code ?? ""}`);
          tally.count("looked up localhost", Number(seen.names.has("localhost")));
          expectNoPart(password, ended, { lookups: [...seen.names], started: seen.started });
        },
      );
    });

    // Every command as a process, with a password that takes the url apart in each way, and with it as it should be.
    it.each(everyCommand)("are in nothing that tq %s prints, looks up or starts", async (command) => {
      const folder = await mkdtemp(join(tmpdir(), "tq-test-passwords-"));
      const file = join(folder, "watched");
      const preload = new URL("watched-process.mjs", import.meta.url).href;
      const urls = [NASTY.text, encodeURIComponent(NASTY.text)].map(
        (text) => `redis://me:${text}@localhost:${redis().port}`,
      );
      try {
        for (const url of urls.slice(0, processes)) {
          rmSync(file, { force: true });
          const words = [...command.split(" "), ...(WORDS[command] ?? []), "--debug"];
          const env = {
            ...{ TQ_REDIS_URL: url, DOCKER_HOST: "unix:///nowhere/docker.sock", DEBUG: "*" },
            ...{ NODE_OPTIONS: `--import=${preload}`, TQ_TEST_WATCH: file },
          };
          const ended = await tq.run(words, { env, cwd: folder });
          const watched = existsSync(file) ? readFileSync(file, "utf8") : "";
          // It is what this one command is for.
          const stdout = command === "redis url" ? "" : ended.stdout;
          expectNoPart(NASTY, { ...ended, stdout }, { watched });
          // It is seen there what a command starts and looks up.
          if (command === "redis cli" && url === urls[1]) expect(watched).toContain("redis-cli");
          if (command === "len" && url === urls[1])
            expect([watched, ended.stdout]).toEqual([LOOKED_UP, "0\n"]);
        }
      } finally {
        await tq.run(["redis", "down", "--volumes"]);
        await rm(folder, { recursive: true });
      }
    });
  });
}

function expectNoPart({ tokens }: Password, { stdout, stderr }: Ended, around: unknown): void {
  const all = `${stdout}\n${stderr}\n${JSON.stringify(around)}`;
  expect(
    tokens.filter((token) => all.toLowerCase().includes(token.toLowerCase())),
    all,
  ).toEqual([]);
}

/** What is looked up and started while it is open. */
function watchThisProcess(): { names: Set<string>; started: string[][] } & Disposable {
  const names = new Set<string>();
  const started: string[][] = [];
  const { lookup } = dns;
  const { spawn } = childProcess;
  const look = vi.spyOn(dns, "lookup").mockImplementation(((host: string, ...rest: never[]) => {
    names.add(host);
    Reflect.apply(lookup, dns, [host, ...rest]);
  }) as typeof lookup);
  const start = vi.spyOn(childProcess, "spawn").mockImplementation((file: string, ...rest: unknown[]) => {
    started.push([file, ...(Array.isArray(rest[0]) ? rest[0].map(String) : [])]);
    return Reflect.apply(spawn, childProcess, [file, ...rest] as Parameters<typeof spawn>);
  });
  syncBuiltinESMExports();
  return {
    names,
    started,
    [Symbol.dispose]() {
      look.mockRestore();
      start.mockRestore();
      syncBuiltinESMExports();
    },
  };
}
