import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Terminal } from "../support/command-line/terminal.js";
import { cleanEnvironment, useTq } from "../support/command-line/tq.js";

/** What a newcomer types in the first hour, on a machine that has nothing. */
const COMMANDS = `help
help options
help push
demo
doctor
network
setup --python /no/python
len
clear
status
nonsense
push --nope
consume --lease 3
consume --timeout soon
redis status
redis logs
redis down
redis up --engine docker
--redis-url redis://u:p@ss@127.0.0.1:1 len
sidecar list
dead drop --all
exercise 1 --hint
exercise 1 --check
exercise 2 --check
exercise 3 --check
exercise 4 --check
exercise 5 --hint
exercise 7 --check
exercise 8 --check
exercise 9 --check
exercise 10 --check
exercise 99
exercise one
exercise 1 --check --step 1.99
exercise 1 --export
exercise 2 --undo
exercise 2 --start there`.split("\n");

describe.each([40, 80])("a terminal of %i columns", (columns) => {
  const tq = useTq();

  it.each(COMMANDS)("breaks no word of tq %s", async (command) => {
    const folder = join(tq.home, "empty");
    await mkdir(folder, { recursive: true });
    const env = {
      DOCKER_HOST: "unix:///nowhere.sock",
      PATH: "/nowhere",
      TQ_REDIS_URL: "redis://127.0.0.1:1",
    };
    const terminal = new Terminal(command.split(" "), cleanEnvironment(tq.home, env), folder, columns);
    await terminal.ended;
    // eslint-disable-next-line no-control-regex
    const lines = terminal.screen.replace(/\u001b\[[0-9;?]*[a-zA-Z]/g, "").split(/\r*\n/);
    // The terminal breaks what is longer; a word that no line has room for stands alone, or before a backslash.
    const broken = lines.filter((line) => line.length > columns && /\S\s+[^\s\\]/.test(line.trim()));
    expect(broken).toEqual([]);
  });
});
