import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { askComposeConfig } from "../../../src/compose/ask-compose.js";
import { readComposeProject } from "../../../src/compose/project.js";
import { settleProject } from "../../../src/compose/settle.js";

let folder = "";

// Starts what does the work as another program, as docker starts Compose, and both wait for ever.
const DOCKER = `#!/bin/sh
[ "$2" = version ] && exit 0
sleep 1000 &
echo $! > "$PIDS"
wait
`;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tq-test-compose-"));
  await writeFile(join(folder, "docker"), DOCKER);
  await chmod(join(folder, "docker"), 0o755);
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const environment = (): Record<string, string> => ({
  PATH: `${folder}:/usr/bin:/bin`,
  PIDS: join(folder, "pids"),
});

async function startedPid(): Promise<number> {
  return Number(await readFile(join(folder, "pids"), "utf8").catch(() => "0"));
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

it("a Compose that comes to no end is ended with all that it has started", async () => {
  const stop = new AbortController();
  const asked = askComposeConfig(folder, environment(), stop.signal);
  await expect.poll(startedPid).not.toBe(0);
  const pid = await startedPid();
  stop.abort();
  await expect(asked).rejects.toThrow();
  await expect.poll(() => lives(pid)).toBe(false);
});

const levels = Array.from({ length: 12 }, (_, n) => `x${n + 1}: &a${n + 1} [${`*a${n}, `.repeat(9)}*a${n}]`);

it.each([
  ["aliases of aliases", ["x0: &a0 [lol]", ...levels].join("\n")],
  ["an alias of itself", "services: &s\n  a: *s\n"],
  ["lists in lists", "[".repeat(100_000)],
])("Compose is not asked about %s, which would take all memory", async (_, text) => {
  await writeFile(join(folder, "compose.yaml"), text);
  const own = readComposeProject(folder);
  if (!own) throw new Error("no Compose file");
  const settled = await settleProject(own, environment(), new AbortController().signal);
  expect(settled.problem?.message).toMatch(/alias|nested/);
  expect(await startedPid()).toBe(0);
});
