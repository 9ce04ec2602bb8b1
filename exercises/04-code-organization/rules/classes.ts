import { type Place } from "../../../src/course/authoring.js";
import { type Module, type Project } from "../../../src/subjects/python-code/probe.js";
import { at, type Fault, showLine } from "./line.js";
import { fileOf, partsOf } from "./parts.js";

/** The model of a job belongs to those who keep jobs, or into a module of its own. */
export function judgeClasses(project: Project, place: Place): Fault[] {
  const home = fileOf("jobs", project);
  const faults: Fault[] = [];
  for (const name of partsOf(project).classes) {
    const found = project.modules.flatMap((module) =>
      module.definitions
        .filter((one) => one.kind === "class" && one.name === name)
        .map((definition) => ({ module, definition })),
    );
    const isElsewhere = ({ module }: { module: Module }): boolean =>
      module === project.api || module === project.worker;
    const misplaced = found.find(isElsewhere);
    if (!misplaced) continue;
    const isTwice = found.some((one) => !isElsewhere(one));
    faults.push({
      observed: `${at(misplaced.definition)}${isTwice ? `, and again in ${home}` : ""}`,
      probe: showLine(misplaced.definition, place),
      cause: `${home} makes and reads jobs, so ${name} belongs there; both programs can import it`,
      next: isTwice ? `remove it here, and import it from ${home}` : `move it to ${home}, and import it`,
      mistake: isTwice ? "made-twice" : "class-misplaced",
    });
  }
  return faults;
}
