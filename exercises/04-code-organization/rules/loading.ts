import { posix } from "node:path";
import {
  explainTraceback,
  type Judgement,
  passed,
  type Place,
  showTraceback,
  shellCommand,
} from "../../../src/course/authoring.js";
import {
  type ImportOutcome,
  type ImportRun,
  type Module,
  type Project,
} from "../../../src/subjects/python-code/probe.js";
import { type Fault, judgeFaults } from "./line.js";

const EXPECTED = "each module can be imported by itself, without an error";

/** 4.5: each module imports without error. */
export function judgeLoading(project: Project, run: ImportRun, place: Place): Judgement {
  const faults = rootsFirst(project.modules, run).flatMap((module) => {
    const outcome = run.get(module.name);
    return outcome ? judgeOutcome(module, outcome, place) : [];
  });
  const begun = project.modules.flatMap(({ name }) => {
    const outcome = run.get(name);
    if (outcome?.outcome !== "begins") return [];
    return outcome.what === "server"
      ? `${name} starts a server at once`
      : `${name} connects to Redis at once`;
  });
  const names = project.modules.map(({ name }) => name).join(", ");
  return (
    judgeFaults(faults, EXPECTED) ??
    passed(
      `${names}: each imported in a Python of its own${begun.length === 0 ? "" : ` (${begun.join("; ")})`}`,
    )
  );
}

/** Where one fails because of another that it imports, only the other is named. */
function rootsFirst(modules: readonly Module[], run: ImportRun): Module[] {
  const causes = new Set<string>();
  const depth = ({ name }: Module): number => tracebackOf(run.get(name))?.frames.length ?? 0;
  return [...modules]
    .sort((a, b) => depth(a) - depth(b))
    .filter(({ name }) => {
      const traceback = tracebackOf(run.get(name));
      const last = traceback?.frames.at(-1);
      if (!traceback || !last) return true;
      const cause = `${last.file} ${last.line} ${traceback.error}`;
      return !causes.has(cause) && causes.add(cause);
    });
}

function tracebackOf(
  outcome: ImportOutcome | undefined,
): Extract<ImportOutcome, { outcome: "fails" }>["traceback"] | null {
  return outcome?.outcome === "fails" ? outcome.traceback : null;
}

function judgeOutcome({ name, file }: Module, outcome: ImportOutcome, place: Place): Fault[] {
  const folder = place.file(posix.dirname(file));
  const probe = `${folder === "." ? "" : `cd ${folder} && `}${shellCommand("python", "-c", `import ${name}`)}`;
  switch (outcome.outcome) {
    case "imported":
    case "begins":
      return [];
    case "fails":
      return [
        {
          observed: `import ${name} ends with an error:\n${showTraceback(outcome.traceback)}`,
          probe,
          ...explainTraceback(outcome.traceback),
        },
      ];
    case "ends":
      return [
        {
          observed: `import ${name} ends the program: ${outcome.traceback.error}`,
          probe,
          cause: "exit() at the top level of the file",
          next: "remove it: a module that is imported must not end the program that imports it",
          mistake: "ends-on-import",
        },
      ];
    case "hangs":
      return [
        {
          observed: `import ${name} does not come to an end`,
          probe: place.again("4.5"),
          cause: outcome.at
            ? `${outcome.at.file}:${outcome.at.line}: ${outcome.how === "waits" ? "it waits here, and nothing happens" : "it computes here, and comes to no other line: a loop without an end?"}`
            : "a loop or a long sleep at the top level of the file",
          next: "put it into a function; what starts it stands at the end of worker.py or api.py",
          mistake: "hangs-on-import",
        },
      ];
    case "crashes":
      return [
        {
          observed: `Python itself ended while it imported ${name}`,
          probe,
          next: `look at what runs at the top level of ${file}`,
          mistake: "crash-on-import",
        },
      ];
  }
}
