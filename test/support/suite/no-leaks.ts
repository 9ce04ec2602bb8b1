import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { randomUUID } from "node:crypto";
import { afterAll, expect, vi } from "vitest";

/** Inherited by every process that this test file starts, and by theirs. */
const MARK = `TQ_TEST_FILE=${randomUUID()}`;
const [name = "", id = ""] = MARK.split("=");
process.env[name] = id;

/** Processes, other than this one and what it runs in, that carry the mark: `pid command`. */
function descendants(): string[] {
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid)
    .flatMap((pid) => {
      try {
        if (!readFileSync(`/proc/${pid}/environ`, "latin1").split("\0").includes(MARK)) return [];
        if (readlinkSync(`/proc/${pid}/exe`) === "") return []; // a zombie has none and throws
        return [`${pid} ${readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim()}`];
      } catch {
        return []; // it ended while we looked, or is somebody else's
      }
    });
}

if (process.platform === "linux") {
  afterAll(async () => {
    // One that was told to end may take a moment over it; one that was forgotten will not go.
    await vi.waitFor(
      () => {
        expect(descendants(), "processes left by this file").toEqual([]);
      },
      { timeout: 5000 },
    );
  });
}
