import { expect, it } from "vitest";
import { judgeSeveral } from "../../../exercises/06-execute-the-job/rules/several.js";
import { type Place } from "../../../src/lab/place.js";
import { type WorkRun } from "../../../src/subjects/jobs/probe.js";

const place = { again: (step: string) => `tq exercise 6 --check --step ${step}` } as unknown as Place;

/** Jobs in the order in which they were submitted: the place at which each was taken, and when it began and ended. */
function judge(...jobs: [taken: number, began: number, ended: number][]): string {
  const run = {
    worker: { ended: null, endedIdle: false, givesUp: null, stuck: null, traceback: null },
    unknown: { outcome: "went on" },
    jobs: jobs.map(([taken, began, ended], n) => ({
      id: `j${n + 1}`,
      taken: [taken],
      doneAt: ended,
      statuses: [
        { status: "submitted", order: 0 },
        { status: "in progress", order: began },
        { status: "complete", order: ended },
      ],
    })),
  } as unknown as WorkRun;
  const judgement = judgeSeveral(run, place);
  return judgement.verdict === "not-yet" ? (judgement.mistake ?? "") : judgement.verdict;
}

it("passes jobs that are done one after the other", () => {
  expect(judge([0, 1, 2], [1, 2, 3], [2, 3, 4])).toBe("passed");
});

it("tells jobs that are at work at once, whichever began first, from those in another order", () => {
  expect(judge([0, 1, 4], [1, 2, 5], [2, 3, 6])).toBe("several-at-once");
  expect(judge([0, 1.2, 4], [1, 1.1, 4], [2, 3, 6])).toBe("several-at-once");
  expect(judge([0, 5, 6], [1, 3, 4], [2, 1, 2])).toBe("out-of-order");
  expect(judge([2, 5, 6], [1, 3, 4], [0, 1, 2])).toBe("out-of-order");
});
