import { type Judgement, notYet, type Place } from "../../../src/course/authoring.js";
import { type ManifestFinding, showPlace } from "../../../src/subjects/kubernetes/probe.js";

type Line = Pick<ManifestFinding, "file" | "line" | "text" | "shownBy">;

/** A place in a student's file, and what stands there. */
export function at(line: Line): string {
  return line.text === "" ? showPlace(line) : `${showPlace(line)}: ${line.text}`;
}

/** A command that shows the line. */
export function showLine({ file, line, shownBy }: Line, place: Place): string {
  return shownBy ?? `sed -n ${line}p ${place.file(file)}`;
}

/** The first of them as a judgement, and how many more there are; null where there is none. */
export function judgeFindings(
  findings: readonly ManifestFinding[],
  expected: string,
  place: Place,
): Judgement | null {
  const [first, ...more] = findings;
  if (!first) return null;
  const rest = more.length === 0 ? "" : `\nalso: ${more.map(showPlace).join("; ")}`;
  return notYet({
    expected,
    observed: `${at(first)}${rest}`,
    probe: showLine(first, place),
    cause: first.says,
    next: first.next,
    mistake: first.mistake,
  });
}
