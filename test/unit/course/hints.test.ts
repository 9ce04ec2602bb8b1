import { expect, it } from "vitest";
import { type Exercise } from "../../../src/course/exercise.js";
import { hintFor } from "../../../src/course/hints.js";

const exercise = {
  hints: { "9.1": ["a question", "an idea", "a command", "nearly"] },
} as unknown as Exercise;
const seen = { cause: "the name differs", probe: "grep name", next: "write the name" };

it.each([
  ["a question", 0, seen],
  ["an idea\nWhat tq sees looks like this: the name differs", 1, seen],
  ["a command\nHere:  grep name", 2, seen],
  ["nearly\nHere:  write the name", 3, { ...seen, cause: undefined, mistake: "name-differs" }],
  ["nearly", 3, { ...seen, cause: undefined }],
  ["nearly", 3, undefined],
])("the hint is %j at level %i, where tq saw %j", (text, level, result) => {
  expect(hintFor(exercise, "9.1", level, result)?.text).toBe(text);
});
