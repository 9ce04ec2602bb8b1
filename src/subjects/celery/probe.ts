import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { type CodeRunOptions, runTask, runWeb, type TaskRun, type WebRun } from "./code-runs.js";
import { findParts, type StackServices } from "./services.js";
import { runStack, type StackRun } from "./stack-run.js";
import { copyFolder } from "../../lab/files/student-copy.js";
import { listPythonFiles } from "../../lab/files/python-files.js";
import { type ComposeProject, readComposeProject } from "../../compose/project.js";
import { commandLine, type Service } from "../../compose/service.js";
import { valuesOf } from "../../compose/variables.js";
import { runCopy } from "../../lab/program/run-copy.js";
import { type Lab, type Subject } from "../subject.js";
import { once } from "../../lab/once.js";

export { bodyOf, type BodyName, type TaskRun, type WebRun } from "./code-runs.js";
export { LONG, SLOW } from "./load-run.js";
export { type StackServices } from "./services.js";
export { commandLine, type Service } from "../../compose/service.js";
export { type StackRun } from "./stack-run.js";

/** The files of a student's stack that tq looks for; null where there is none. */
export interface CeleryFiles {
  tasks: string | null;
  web: string | null;
  /** Where the files speak of late acknowledgement: file and line; null where they do not. */
  acks: { file: string; line: number; text: string } | null;
}

/**
 * A student's Celery app and Falcon application: run by themselves, without a broker, and as a stack of containers.
 * All but `file` and `services` throw `TqError` (exit 3): where no Python can run them, where no engine answers.
 */
export interface CeleryProbe {
  /** The Docker engine's version. */
  engine: () => Promise<string>;
  file: ComposeProject | null;
  services: StackServices | null;
  files: () => Promise<CeleryFiles>;
  /** The task, called with numbers, in the environment of the worker's service; null where there is no file with one. */
  task: () => Promise<TaskRun | null>;
  /** The web, asked without a server, in the environment of its service; null where there is no file with one. */
  web: () => Promise<WebRun | null>;
  /** The containers; null where the Compose file lacks one of the four services. */
  stack: () => Promise<StackRun | null>;
}

export const subject: Subject<CeleryProbe> = {
  fromFiles: true,
  open: (lab) => ({ probe: () => createCeleryProbe(lab) }),
  versions: async ({ engine }) => ({ docker: await engine() }),
};

function createCeleryProbe(lab: Lab): CeleryProbe {
  const { folder, env, seed, signal } = lab;
  const file = readComposeProject(folder, env);
  const services = findParts(file);
  const files = once(() => findFiles(folder, services, file?.files ?? []));
  const run = async <T>(
    service: Service | null | undefined,
    scenario: (options: CodeRunOptions) => Promise<T>,
  ): Promise<T | null> => {
    const { tasks } = await files();
    if (tasks === null) return null;
    const variables = service ? valuesOf(service.environment) : {};
    return await runCopy(lab, ["celery", "falcon"], (sandbox) =>
      scenario({ sandbox, tasks, variables, seed, signal }),
    );
  };
  const task = once(() => run(services?.worker, runTask));
  return {
    engine: once(() => lab.docker.version()),
    file,
    services,
    files,
    task,
    web: once(async () => {
      const { web } = await files();
      return web === null ? null : run(services?.web, (all) => runWeb({ ...all, web }));
    }),
    stack: once(async () => {
      if (!file || !services?.web || !services.worker || !services.broker || !services.store) return null;
      await using copy = await copyFolder(folder);
      const acksLate = (await task())?.celery?.acksLate ?? false;
      const environment = valuesOf(services.broker.environment);
      const credentials = {
        user: environment["RABBITMQ_DEFAULT_USER"] ?? "guest",
        password: environment["RABBITMQ_DEFAULT_PASS"] ?? "guest",
      };
      return await runStack({
        ...lab,
        folder: copy.folder,
        file: file.name,
        services,
        acksLate,
        credentials,
      });
    }),
  };
}

/** The tasks: tasks.py, else whatever makes a Celery app. The web: what gunicorn is told, else whatever imports falcon. */
async function findFiles(
  folder: string,
  services: StackServices | null,
  composeFiles: readonly string[],
): Promise<CeleryFiles> {
  const paths = await listPythonFiles(folder);
  const texts = new Map<string, string>();
  for (const path of paths) texts.set(path, await readFile(join(folder, path), "utf8").catch(() => ""));
  const has = (path: string, pattern: RegExp): boolean => pattern.test(texts.get(path) ?? "");
  const tasks =
    paths.find((path) => basename(path) === "tasks.py") ?? paths.find((path) => has(path, /\bCelery\(/));
  const [, named] = /\b([\w.]+):\w+\s*(?:\(\))?\s*$/.exec(commandLine(services?.web?.runs ?? null)) ?? [];
  const said = named === undefined ? undefined : `${named.replaceAll(".", "/")}.py`;
  const web =
    paths.find((path) => path === said || path.endsWith(`/${said ?? "?"}`)) ??
    paths.find((path) => path !== tasks && has(path, /^\s*(?:import|from) falcon\b/m)) ??
    paths.find((path) => has(path, /^\s*(?:import|from) falcon\b/m));
  return {
    tasks: tasks ?? null,
    web: web ?? null,
    acks: await findAcks(folder, [...paths, ...composeFiles]),
  };
}

/** Compose files among them: some set variables for it. */
async function findAcks(folder: string, paths: readonly string[]): Promise<CeleryFiles["acks"]> {
  for (const file of paths) {
    const lines = (await readFile(join(folder, file), "utf8").catch(() => "")).split("\n");
    const index = lines.findIndex(
      (line) => /^[^#]*acks?_?late["']?\s*[=:]/i.test(line) && !/false/i.test(line),
    );
    if (index !== -1) return { file, line: index + 1, text: lines[index]?.trim() ?? "" };
  }
  return null;
}
