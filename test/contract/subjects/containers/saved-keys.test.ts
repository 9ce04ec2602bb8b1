import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { hasKeys } from "../../../../src/subjects/containers/saved-keys.js";
import { describeWith } from "../../../support/suite/needs.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "tq-test-dump-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

it("says nothing of what is no file of Redis", () => {
  const path = join(folder, "other.rdb");
  for (const text of ["", "REDIS", "REDIS0011\u00fa", "hello"]) {
    writeFileSync(path, text, "latin1");
    expect(hasKeys(path), text).toBeNull();
  }
  expect(hasKeys(join(folder, "none"))).toBeNull();
  expect(hasKeys(folder)).toBeNull();
});

describeWith("docker", "a file that Redis has saved", () => {
  it.each([
    ["redis:7", false],
    ["redis:7", true],
  ])("%s, keys: %s", (image, withKey) => {
    const put = withKey ? "redis-cli -n 1 RPUSH q x >/dev/null;" : "";
    const script = `redis-server --daemonize yes --save '' >/dev/null; until redis-cli ping >/dev/null 2>&1; do :; done; ${put} redis-cli SAVE >/dev/null; cat /data/dump.rdb`;
    const dump = execFileSync("docker", ["run", "--rm", image, "sh", "-c", script]);
    const path = join(folder, "dump.rdb");
    writeFileSync(path, dump);
    expect(hasKeys(path)).toBe(withKey);
  });
});
