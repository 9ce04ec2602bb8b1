import { describe, expect, it } from "vitest";
import { arrangeArguments } from "../../../src/cli/arrange-arguments.js";
import { commands } from "../../../src/cli/commands/index.js";

describe("words for another program", () => {
  it.each([
    ["redis cli LLEN hotqueue:queue", "redis cli -- LLEN hotqueue:queue"],
    ["redis cli --bigkeys -i 1", "redis cli -- --bigkeys -i 1"],
    ["redis cli --db 2 SET a b --json", "redis cli --db 2 -- SET a b --json"],
    ["--redis-url x redis --quiet cli --db=0 PING", "--redis-url x redis --quiet cli --db=0 -- PING"],
    ["redis cli -- --db 2", "redis cli -- --db 2"],
    ["redis cli", "redis cli"],
    ["redis cli --help", "redis cli --help"],
    ["sidecar exec python1 python -c pass --help", "sidecar exec python1 -- python -c pass --help"],
    ["sidecar exec python1 -- ls -l", "sidecar exec python1 -- ls -l"],
    ["sidecar exec --quiet python1 ls -l", "sidecar exec --quiet python1 -- ls -l"],
    ["sidecar exec python1", "sidecar exec python1"],
    ["push --db 2 redis cli", "push --db 2 redis cli"],
    ["redis url --json", "redis url --json"],
  ])("%s", (given, arranged) => {
    expect(arrangeArguments(given.split(" "), commands).join(" ")).toBe(arranged);
  });
});
