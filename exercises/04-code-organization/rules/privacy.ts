import { type Judgement, passed, type Place } from "../../../src/course/authoring.js";
import { type Project } from "../../../src/subjects/python-code/probe.js";
import { at, type Fault, faultOf, judgeFaults, showLine } from "./line.js";
import { isUsedOutside, partsOf, plain } from "./parts.js";

/** 4.2: what only jobs itself uses is private; what others use is public, and nobody uses another's private names. */
export function judgePrivacy(project: Project, place: Place): Judgement {
  const faults = [
    ...project.findings
      .filter(({ kind }) => kind === "private-used")
      .map((finding) => faultOf(finding, place)),
    ...judgeFunctions(project, place),
  ];
  const expected =
    "functions that only their own module calls begin with an underscore, and nobody else uses those";
  const shown = (project.jobs?.definitions ?? []).filter(
    ({ kind, name }) => kind === "function" && !name.startsWith("_"),
  );
  return (
    judgeFaults(faults, expected) ??
    passed(
      `${project.jobs?.file ?? "jobs.py"} shows ${shown.map(({ name }) => name).join(", ")}, and keeps the rest to itself`,
    )
  );
}

function judgeFunctions(project: Project, place: Place): Fault[] {
  const { jobs } = project;
  if (!jobs) return [];
  const { outer } = partsOf(project);
  return jobs.definitions
    .filter(({ kind }) => kind === "function")
    .flatMap((definition): Fault[] => {
      const { name } = definition;
      const isPrivate = name.startsWith("_");
      const used = isUsedOutside(name, jobs, project);
      if (!isPrivate && !used && isInner(name, project)) {
        return [
          {
            observed: at(definition),
            probe: showLine(definition, place),
            cause: `only ${jobs.file} itself calls ${name}, and its name invites everybody`,
            next: `call it _${name}, here and wherever ${jobs.file} calls it`,
            mistake: "public-helper",
          },
        ];
      }
      // Used from outside with its underscore, it has been named above.
      if (isPrivate && !used && outer.includes(plain(name))) {
        return [
          {
            observed: at(definition),
            probe: showLine(definition, place),
            cause: `${plain(name)} is what ${/^(update|start)_job/.test(plain(name)) ? "the worker" : "the API"} calls, and its underscore says: not for you`,
            next: `call it ${plain(name)}`,
            mistake: "needed-by-others",
          },
        ];
      }
      return [];
    });
}

/** Of the fragments it is known; of a function of the student's own, it is seen where their code calls it. */
function isInner(name: string, project: Project): boolean {
  const { inner, outer } = partsOf(project);
  const { jobs } = project;
  if (inner.includes(plain(name))) return true;
  if (outer.includes(plain(name)) || !jobs) return false;
  const calls = jobs.source.text.match(new RegExp(`(?<!def )\\b${name}\\(`, "g")) ?? [];
  return calls.length > 0 && name !== "main";
}
