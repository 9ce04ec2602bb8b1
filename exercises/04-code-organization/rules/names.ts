import { type Judgement, passed, type Place } from "../../../src/course/authoring.js";
import { type Project } from "../../../src/subjects/python-code/probe.js";
import { faultOf, judgeFaults } from "./line.js";

/** 4.4, where Python cannot read a file: nobody can say which names it uses. */
export function judgeReadable(project: Project, place: Place): Judgement | null {
  const faults = project.findings
    .filter(({ kind, breaks }) => breaks && (kind === "syntax-error" || kind === "unfinished"))
    .map((finding) => faultOf(finding, place));
  return judgeFaults(faults, "each file can be read by Python: else nobody can say which names it uses");
}

/** 4.4: nothing is used that is neither defined nor imported. */
export function judgeNames(project: Project, place: Place): Judgement {
  const faults = project.findings
    .filter(({ kind }) => kind === "undefined-name" || kind === "name-not-there")
    .map((finding) => faultOf(finding, place));
  const expected = "each name that a module uses is defined there, or imported from where it is defined";
  const brought = project.modules.reduce((sum, { imports }) => sum + imports.length, 0);
  return (
    judgeFaults(faults, expected) ??
    passed(`${project.modules.length} modules, ${brought} imported names, and nothing else is used`)
  );
}
