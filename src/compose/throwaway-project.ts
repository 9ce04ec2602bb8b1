import { execa } from "execa";
import { hostname } from "node:os";
import { TqError } from "../errors.js";
import { isAlive } from "../is-alive.js";
import { findComposeCommand } from "./compose-command.js";
import { type Docker } from "../docker/docker.js";
import { findContainers } from "../docker/find-containers.js";
import { makeLabels } from "../docker/labels.js";
import { findNetworks } from "../docker/networks.js";
import { removeLabelled } from "../docker/remove-labelled.js";

type Environment = Readonly<Record<string, string | undefined>>;

export interface ComposeOutcome {
  ok: boolean;
  stdout: string;
  /** What it said on the way, and why it failed. */
  stderr: string;
}

/** Compose gives it to all that it makes, with the project's name. */
export const PROJECT_LABEL = "com.docker.compose.project";

/** What a project that is soon gone carries: with the process that will remove it. */
export function throwawayLabels(name: string, home: string): Record<string, string> {
  return {
    ...makeLabels({ role: "check", name, home }),
    "tq.host": hostname(),
    "tq.pid": String(process.pid),
  };
}

/** Runs Compose and collects what it prints. Throws `TqError` (exit 3) where this machine has none. */
export async function askCompose(
  args: readonly string[],
  options: { env: Environment; signal: AbortSignal; report?: (line: string) => void },
): Promise<ComposeOutcome> {
  const { env, signal, report } = options;
  const [program, ...words] = (await findComposeCommand(env)) ?? [];
  if (program === undefined) {
    throw new TqError("neither docker compose nor docker-compose answers", {
      code: "no-compose",
      exitCode: 3,
      hint: "https://docs.docker.com/compose/install/",
    });
  }
  const running = execa(program, [...words, ...args], {
    env: { ...env, COMPOSE_PROGRESS: "plain" },
    extendEnv: false,
    reject: false,
    cancelSignal: signal,
    stdin: "ignore",
  });
  if (report) {
    running.stderr.setEncoding("utf8").on("data", (text: string) => {
      report(text.trimEnd().split("\n").at(-1) ?? "");
    });
  }
  const { failed, stdout, stderr } = await running;
  signal.throwIfAborted();
  return { ok: !failed, stdout, stderr };
}

/** Removes what a project has left on the engine: containers, networks, volumes, and the images that were built for it. */
export async function removeProject(docker: Docker, project: string): Promise<void> {
  // A Compose that was stopped in the middle may have asked for one more container.
  while ((await removeLabelled(docker, `${PROJECT_LABEL}=${project}`, `${project}-`)) > 0);
}

/** Removes the throwaway projects of this machine whose process is gone: it was killed before it could. */
export async function sweepProjects(docker: Docker): Promise<void> {
  const label = ["tq.owner=tq", "tq.role=check", `tq.host=${hostname()}`];
  const [containers, networks] = await Promise.all([
    findContainers(docker, label),
    findNetworks(docker, label),
  ]);
  const left = [...containers, ...networks].filter(({ labels }) => !isAlive(Number(labels["tq.pid"])));
  for (const project of new Set(left.map(({ labels }) => labels[PROJECT_LABEL] ?? ""))) {
    if (project !== "") await removeProject(docker, project);
  }
}
