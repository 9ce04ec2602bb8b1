import { type Path } from "../text/fields.js";
import { askComposeConfig } from "./ask-compose.js";
import { type ComposeProblem } from "./document.js";
import { type ComposeProject, type Environment } from "./project.js";

/** A project as Compose itself sees it, where this machine has Compose: what it makes of the files is the truth. */
export async function settleProject(
  project: ComposeProject,
  env: Environment,
  signal: AbortSignal,
): Promise<ComposeProject> {
  if (project.problem?.isEndless) return project;
  const said = await askComposeConfig(project.folder, env, signal);
  if (said === null) return project;
  if ("content" in said) return project.withContent(said.content);
  return { ...project, problem: project.problem ?? readRefusal(project, said.refusal) };
}

/** `validating /path/compose.yaml: services.api.ports must be a array`, with its line where the words name a place. */
function readRefusal(project: ComposeProject, said: readonly string[]): ComposeProblem {
  const text = said.join(" ").replace(/^(?:validating|failed to parse) \S+: /, "");
  const message = text.replaceAll(`${project.folder}/`, "");
  const [, line] = /\bline (\d+)\b/.exec(message) ?? [];
  if (line !== undefined) return { file: project.name, line: Number(line), column: 1, message };
  const [, dotted = ""] = /((?:services|networks|volumes|secrets|configs)(?:\.[\w-]+)+)/.exec(message) ?? [];
  const [, service = ""] = /service "?([\w.-]+)"?/.exec(message) ?? [];
  const [, key = ""] = /additional properties '([^']+)'/.exec(message) ?? [];
  const path: Path = [
    ...(dotted === "" ? (service === "" ? [] : ["services", service]) : dotted.split(".")),
    ...(key === "" ? [] : [key]),
  ];
  const at = project.at(path);
  return { file: at.file, line: at.line, column: 1, message };
}
