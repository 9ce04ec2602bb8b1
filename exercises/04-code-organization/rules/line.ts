import { type Finding, notYet, type Judgement, type Place } from "../../../src/course/authoring.js";

/** A place in a student's file, as a sentence has it. */
export function at({ file, line, text }: Pick<Finding, "file" | "line" | "text">): string {
  return text === "" ? `${file}, line ${line}` : `${file}, line ${line}: ${text}`;
}

/** A command that shows the line. */
export function showLine({ file, line }: Pick<Finding, "file" | "line">, place: Place): string {
  return `sed -n ${line}p ${place.file(file)}`;
}

/** A fault that a rule has found. */
export interface Fault {
  observed: string;
  probe: string;
  cause?: string;
  next: string;
  mistake: string;
}

/** The first of them, and how many more there are. */
export function judgeFaults(faults: readonly Fault[], expected: string): Judgement | null {
  const [first] = faults;
  if (!first) return null;
  const more = faults.length - 1;
  const rest = more === 0 ? "" : `; and ${more} more like it`;
  return notYet({ expected, ...first, observed: `${first.observed}${rest}` });
}

export function faultOf(finding: Finding, place: Place): Fault {
  return {
    observed: at(finding),
    probe: showLine(finding, place),
    cause: finding.says,
    next: finding.next,
    mistake: finding.kind,
  };
}
