import { type Judgement, passed, type Place } from "../../../src/course/authoring.js";
import { type Project } from "../../../src/subjects/python-code/probe.js";
import { faultOf, judgeFaults } from "./line.js";

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
