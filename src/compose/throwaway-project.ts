import { execa } from "execa";
import { hostname } from "node:os";
import { TqError } from "../errors.js";
import { isAlive } from "../is-alive.js";
import { findComposeCommand } from "./compose-command.js";
import { type Docker } from "../docker/docker.js";
import { makeLabels } from "../docker/labels.js";

type Environment = Readonly<Record<string, string | undefined>>;

export interface ComposeOutcome {
  ok: boolean;
  stdout: string;
  /** What it said on the way, and why it failed. */
  stderr: string;
}

const PROJECT = "com.docker.compose.project";

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
  while ((await removeFound(docker, project)) > 0);
}

/** Returns how many containers there were. */
async function removeFound(docker: Docker, project: string): Promise<number> {
  const filters = { label: [`${PROJECT}=${project}`] };
  return docker.ask(async (client) => {
    const containers = await client.listContainers({ all: true, filters });
    // What has gone meanwhile is what was wanted.
    const gone = (removal: Promise<unknown>): Promise<unknown> => removal.catch(() => undefined);
    await Promise.all(
      containers.map(({ Id }) => gone(client.getContainer(Id).remove({ force: true, v: true }))),
    );
    const networks = await client.listNetworks({ filters });
    const { Volumes } = await client.listVolumes({ filters });
    const images = await client.listImages({ filters: { reference: [`${project}-*`] } });
    await Promise.all([
      ...networks.map(({ Id }) => gone(client.getNetwork(Id).remove())),
      ...Volumes.map(({ Name }) => gone(client.getVolume(Name).remove())),
      ...images.flatMap(({ RepoTags }) => (RepoTags ?? []).map((tag) => gone(client.getImage(tag).remove()))),
    ]);
    return containers.length;
  });
}

/** Removes the throwaway projects of this machine whose process is gone: it was killed before it could. */
export async function sweepProjects(docker: Docker): Promise<void> {
  const label = ["tq.owner=tq", "tq.role=check", `tq.host=${hostname()}`];
  const [containers, networks] = await docker.ask((client) =>
    Promise.all([
      client.listContainers({ all: true, filters: { label } }),
      client.listNetworks({ filters: { label } }),
    ]),
  );
  const left = [...containers, ...networks].filter(({ Labels }) => !isAlive(Number(Labels?.["tq.pid"])));
  for (const project of new Set(left.map(({ Labels }) => Labels?.[PROJECT] ?? ""))) {
    if (project !== "") await removeProject(docker, project);
  }
}
