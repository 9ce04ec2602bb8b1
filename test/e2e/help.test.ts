import { execFile, execFileSync, spawnSync } from "node:child_process";
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { Terminal } from "../support/command-line/terminal.js";
import { cleanEnvironment, TQ, useTq } from "../support/command-line/tq.js";
import { describeWith } from "../support/suite/needs.js";
import { useRedisServer } from "../support/redis/redis-server.js";

const run = promisify(execFile);
const root = dirname(dirname(TQ));

describe("help", () => {
  const tq = useTq();

  it("is what tq alone says in a pipe, and needs no other program", async () => {
    const alone = await tq.run([]);
    expect(alone).toMatchObject({ code: 0, stderr: "" });
    expect(alone.stdout).toBe((await tq.run(["help"])).stdout);
    expect(alone.stdout).toBe((await tq.run(["--help"])).stdout);
    expect((await tq.run(["help", "redis", "up"])).stdout).toContain("Usage: tq redis up [options]");
  });

  it("names what there is where a word is no command", async () => {
    const ended = await tq.run(["help", "pish"]);
    expect(ended).toMatchObject({ code: 2, stdout: "" });
    expect(ended.stderr).toContain("There are: push, get");
  });

  it("docs/commands.md is made from the commands:  npm run docs:commands", async () => {
    const { stdout } = await tq.run(["dev", "reference"]);
    expect(await readFile(join(root, "docs", "commands.md"), "utf8")).toBe(stdout);
  });

  it("is in the page of man tq, which roff reads without a complaint", async () => {
    const page = await readFile(join(root, "dist", "man", "tq.1"), "utf8");
    for (const words of ["tq push", "redis up", "sidecar exec", "TQ_HOME", "\\-\\-serializer"]) {
      expect(page).toContain(words);
    }
    const formatted = spawnSync("groff", ["-man", "-Tutf8", "-ww", "-"], { input: page, encoding: "utf8" });
    if (formatted.error === undefined) expect(formatted.stderr).toBe("");
  });
});

describe("a word that begins with -", () => {
  const tq = useTq();

  it("is no option of push, and the message says how to push it", async () => {
    const ended = await tq.run(["push", "--queue", "my queue", "hello", "--loud=1", "-2"]);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain("tq push --queue 'my queue' hello -- '--loud=1' -2");
  });
});

describeWith("redis", "redis cli", () => {
  const redis = useRedisServer();
  const tq = useTq();

  it("passes on what follows as it is, with and without redis-cli", async () => {
    for (const PATH of [process.env["PATH"] ?? "", "/nowhere"]) {
      const env = { TQ_REDIS_URL: redis().url, PATH };
      const set = await tq.run(["redis", "cli", "--db", "3", "SET", "--json", "-1", "EX", "100"], { env });
      expect(set, PATH).toMatchObject({ code: 0, stderr: "" });
      expect((await tq.run(["redis", "cli", "--db=3", "GET", "--json"], { env })).stdout).toContain("-1");
    }
    const env = { TQ_REDIS_URL: redis().url, PATH: "/nowhere" };
    const lacks = await tq.run(["redis", "cli", "--bigkeys"], { env });
    expect(lacks.code).toBe(3);
    expect(lacks.stderr).toContain("not on the PATH");
  });
});

describeWith("redis", "completion", () => {
  const redis = useRedisServer();
  const tq = useTq();
  let bin = "";
  beforeAll(async () => {
    bin = join(tq.home, "bin");
    await mkdir(bin);
    await writeFile(join(bin, "tq"), `#!/bin/sh\nexec '${process.execPath}' '${TQ}' "$@"\n`);
    await chmod(join(bin, "tq"), 0o755);
    await tq.run(["push", "--queue", "my queue", "x"], { env: { TQ_REDIS_URL: redis().url } });
    await tq.run(["push", "--queue", "mine", "x"], { env: { TQ_REDIS_URL: redis().url } });
  });
  const env = () =>
    cleanEnvironment(tq.home, {
      PATH: `${bin}${delimiter}${process.env["PATH"] ?? ""}`,
      TQ_REDIS_URL: redis().url,
      DOCKER_HOST: "unix:///nowhere",
    });
  const inShell = async (shell: string, script: string): Promise<string[]> => {
    const options = { env: env() };
    return (await run(shell, ["-c", script], options)).stdout.split("\n").filter(Boolean);
  };
  const has = (shell: string): boolean => spawnSync(shell, ["-c", "true"]).status === 0;

  it("in bash", async () => {
    const complete = (...words: string[]) =>
      inShell(
        "bash",
        `source <(tq completion bash); COMP_WORDS=(tq ${words.join(" ")}); COMP_CWORD=${words.length}; _tq; printf '%s\\n' "\${COMPREPLY[@]}"`,
      );
    expect(await complete("redis", "u")).toEqual(["up", "url"]);
    expect(await complete("exercise", "1", "--step", "1.2")).toEqual(["1.2"]);
    expect(await complete("len", "--queue", "m")).toEqual(["mine", "my\\ queue"]);
    expect(await complete("exercise", "''")).toContain("10");
  });

  it.skipIf(!has("fish"))("in fish", async () => {
    const complete = (line: string) => inShell("fish", `tq completion fish | source; complete -C '${line}'`);
    expect(await complete("tq redis u")).toEqual([
      "up\tstart Redis in the background",
      "url\tthe address of the Redis that commands use",
    ]);
    expect(await complete("tq exercise 1 --step 1.2")).toEqual(["1.2"]);
    expect(await complete("tq len --queue m")).toEqual(["mine", "my queue"]);
  });

  it.skipIf(!has("zsh"))("in zsh", async () => {
    // What zsh itself would do with the words is left out: it needs a terminal and its line editor.
    const complete = (...words: string[]) =>
      inShell(
        "zsh",
        `compdef() {}; compadd() { print -rl -- \${(P)@[-1]}; }; _files() { print files; }
         source <(tq completion zsh); words=(tq ${words.join(" ")}); CURRENT=${words.length + 1}; _tq`,
      );
    expect(await complete("redis", "u")).toEqual(["up", "url"]);
    expect(await complete("len", "--queue", "m")).toEqual(["mine", "my queue"]);
    expect(await complete("exercise", "3", "''")).toEqual(["files"]);
  });

  it("is silent where nothing answers", async () => {
    const ended = await tq.run(["complete", "--", "len", "--queue", ""], {
      env: { TQ_REDIS_URL: "redis://127.0.0.1:1" },
    });
    expect(ended).toMatchObject({ code: 0, stdout: "", stderr: "" });
  });

  it("names four shells", async () => {
    for (const shell of ["bash", "zsh", "fish", "powershell"]) {
      expect((await tq.run(["completion", shell])).stdout).toContain("tq complete");
    }
    expect((await tq.run(["completion", "cmd"])).code).toBe(2);
  });
});

describe("the menu", () => {
  const tq = useTq();
  const open = (args: string[], added: Record<string, string> = {}) =>
    new Terminal(args, cleanEnvironment(tq.home, { TQ_REDIS_URL: "redis://127.0.0.1:1", ...added }), root);
  const DOWN = "\u001b[B";

  it("is what tq alone opens on a terminal, and leads where somebody was", async () => {
    const first = open([]);
    await first.until("begin with the first exercise");
    first.type("\r");
    await first.until("Enter goes on");
    first.type("\r\r\r\r");
    await first.until("1.1  Redis answers");
    first.type("q");
    expect(await first.ended).toBe(0);
    const again = open([]);
    await again.until("go on where you were: Producer and consumer, step 1.1");
    again.type("\r");
    await again.until("1.1  Redis answers");
    again.type("q");
    expect(await again.ended).toBe(0);
  });

  it("shows a queue at work, says what can be typed, and is left", async () => {
    const terminal = open(["menu"], { PATH: "/nowhere" });
    await terminal.until("see a queue at work");
    terminal.type(`${DOWN}${DOWN}\r`);
    await terminal.until("7. Everything is stopped again");
    await terminal.until("npx tq redis up && npx tq push hello");
    const asked = () => terminal.screen.slice(terminal.screen.indexOf("7. Everything"));
    await expect.poll(asked).toContain("What would you like to do?");
    terminal.type(`${DOWN}${DOWN}${DOWN}${DOWN}\r`);
    expect(await terminal.ended).toBe(0);
    expect(terminal.transcript).toContain("type npx tq");
  });

  it("is a list of numbers in plain text", async () => {
    const terminal = open(["menu", "--plain"]);
    await terminal.until("What would you like to do?");
    terminal.type("9\r");
    await terminal.until("Type one of the numbers.");
    terminal.type("5\r");
    expect(await terminal.ended).toBe(0);
    expect(terminal.screen).not.toContain("\u001b[");
  });

  it("is the demonstration in a pipe", () => {
    const printed = execFileSync(process.execPath, [TQ, "menu"], {
      env: cleanEnvironment(tq.home),
      encoding: "utf8",
    });
    expect(printed).toContain("Delay from push to print");
  });
});
