import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { execa } from "execa";
import { TqError } from "../../errors.js";
import { hasProgram } from "../../has-program.js";
import { CLUSTER, CLUSTER_PROGRAMS, type ClusterProgram, programNamed } from "./cluster-programs.js";

export interface OwnClusterOptions {
  env: Readonly<Record<string, string | undefined>>;
  platform: NodeJS.Platform;
  /** Absolute folder of tq's state. */
  home: string;
  signal?: AbortSignal;
  report?: (line: string) => void;
}

/** A cluster called tq, and whether tq made it. */
export interface OwnCluster {
  program: string;
  /** What kubectl calls it. */
  context: string;
  isOurs: boolean;
}

/** Milliseconds for a question; making a cluster fetches images, and has no limit but Ctrl-C. */
const PATIENCE = 30_000;

/** Those that this machine has, the first to be taken first. */
export function installedPrograms({
  env,
  platform,
}: Pick<OwnClusterOptions, "env" | "platform">): ClusterProgram[] {
  return CLUSTER_PROGRAMS.filter(({ name }) => hasProgram([name], { env, platform }));
}

/** The clusters called tq that these programs know. */
export async function findClusters(options: OwnClusterOptions): Promise<OwnCluster[]> {
  const made = await readMade(options.home);
  const found = await Promise.all(
    installedPrograms(options).map(async (program) => {
      const { failed, stdout } = await ask(program, program.list, options);
      const there = !failed && program.isThere(stdout);
      return there
        ? [{ program: program.name, context: program.context, isOurs: made === program.name }]
        : [];
    }),
  );
  return found.flat();
}

/** Makes one, or starts the one that is there. Throws `TqError` (exit 3) where no program can, or it fails. */
export async function makeCluster(
  wanted: string | undefined,
  options: OwnClusterOptions,
): Promise<OwnCluster & { wasThere: boolean }> {
  const installed = installedPrograms(options);
  const [there] = (await findClusters(options)).filter(
    ({ program }) => wanted === undefined || program === wanted,
  );
  const program = installed.find(({ name }) => name === (wanted ?? there?.program ?? installed[0]?.name));
  if (!program) {
    throw new TqError(
      wanted === undefined
        ? "nothing that makes a cluster is installed: kind, k3d and minikube do"
        : `${wanted} is not installed`,
      { code: "no-cluster-program", exitCode: 3, hint: waysToGet(wanted) },
    );
  }
  const result = { program: program.name, context: program.context };
  if (there) {
    await run(program, program.start, options);
    return { ...result, isOurs: there.isOurs, wasThere: true };
  }
  // Written first: what is left of an interrupted one is tq's to remove.
  await mkdir(options.home, { recursive: true, mode: 0o700 });
  await writeFile(recordIn(options.home), `${JSON.stringify({ program: program.name })}\n`, { mode: 0o600 });
  try {
    await run(program, program.make, options, program.input);
  } catch (error) {
    await removeOne(program, options).catch(() => undefined);
    throw error;
  }
  return { ...result, isOurs: true, wasThere: false };
}

/** Removes the cluster that tq made; returns the program that made it, null where there is none of tq's. */
export async function removeCluster(options: OwnClusterOptions): Promise<string | null> {
  const made = await readMade(options.home);
  const program = made === null ? undefined : programNamed(made);
  if (!program) return null;
  await removeOne(program, options);
  return program.name;
}

/** After Ctrl-C as well. */
async function removeOne(
  program: ClusterProgram,
  { env, platform, home, report = () => undefined }: OwnClusterOptions,
): Promise<void> {
  const options = { env, platform, home, report };
  await run(program, program.remove, options);
  await rm(recordIn(options.home), { force: true });
}

/** How to get one of them, or this one. */
export function waysToGet(wanted?: string): string {
  const ways = CLUSTER_PROGRAMS.filter(({ name }) => wanted === undefined || name === wanted);
  return [...ways.map(({ name, get }) => `${name}: ${get}`), "and then: tq cluster up"].join("\n");
}

function recordIn(home: string): string {
  return join(home, "cluster.json");
}

/** The program that made tq's cluster; null where none did. */
async function readMade(home: string): Promise<string | null> {
  try {
    const { program } = JSON.parse(await readFile(recordIn(home), "utf8")) as { program?: unknown };
    return typeof program === "string" ? program : null;
  } catch {
    return null;
  }
}

async function ask(program: ClusterProgram, args: readonly string[], { env, signal }: OwnClusterOptions) {
  return execa(program.name, args, {
    env,
    extendEnv: false,
    reject: false,
    timeout: PATIENCE,
    stdin: "ignore",
    ...(signal && { cancelSignal: signal }),
  });
}

/** Tells each line that it prints. */
async function run(
  program: ClusterProgram,
  args: readonly string[],
  { env, signal, report = () => undefined }: OwnClusterOptions,
  input = "",
): Promise<void> {
  const running = execa(program.name, args, {
    env,
    extendEnv: false,
    reject: false,
    all: true,
    input,
    ...(signal && { cancelSignal: signal }),
  });
  let last = "";
  for await (const line of running.iterable({ from: "all" })) {
    if (line.trim() !== "") last = line.trim();
    report(line.trimEnd());
  }
  const { failed, exitCode } = await running;
  signal?.throwIfAborted();
  if (!failed) return;
  throw new TqError(
    `${program.name} ${args[0] ?? ""} failed${exitCode === undefined ? "" : ` (exit code ${exitCode})`}: ${last}`,
    {
      code: "cluster-program-failed",
      exitCode: 3,
      hint: `By hand:  ${[program.name, ...args].join(" ")}   (${CLUSTER} is the cluster's name; kind and k3d need Docker)`,
    },
  );
}
