import { describe, expect, it } from "vitest";
import { spentOn, stoodStill } from "../../../../src/subjects/jobs/stood-still.js";

describe("workers that wait for each other", () => {
  it.each([
    ["wait for a lock", { computed: 0.5, idle: 0.02 }, { computed: 0.5, idle: 1 }, true],
    ["have a busy machine", { computed: 0.5, idle: 0.02 }, { computed: 0.6, idle: 0.1 }, false],
    ["wait for Redis each time", { computed: 0.2, idle: 0.4 }, { computed: 0.2, idle: 0.5 }, false],
    ["hardly compute", { computed: 0.01, idle: 0.01 }, { computed: 0.01, idle: 0.2 }, false],
    ["are not told about", null, { computed: 0.5, idle: 1 }, false],
  ])("%s", (_, one, three, stands) => {
    expect(stoodStill(one, three)).toBe(stands);
  });

  it("are judged by the job in the middle, of those since then", () => {
    const note = (began: number, computed?: number, idle?: number) => ({
      what: "work" as const,
      pid: 1,
      began,
      ended: began + 1,
      asleep: computed === undefined,
      ...(computed !== undefined && { computed }),
      ...(idle !== undefined && { idle }),
    });
    const notes = [note(1, 9, 9), note(5, 1, 2), note(6, 3, 4), note(7, 100, 100), note(8)];
    expect(spentOn(notes, 5)).toEqual({ computed: 3, idle: 4 });
    expect(spentOn([note(8)], 5)).toBeNull();
  });
});
