import { execa } from "execa";

type Environment = Readonly<Record<string, string | undefined>>;

/** How Compose is called on this machine: the plugin, else the older program; null where there is neither. */
export async function findComposeCommand(env: Environment): Promise<readonly string[] | null> {
  for (const command of [["docker", "compose"], ["docker-compose"]] as const) {
    const [program, ...words] = command;
    const { failed } = await execa(program, [...words, "version"], { env, extendEnv: false, reject: false });
    if (!failed) return command;
  }
  return null;
}

/** Runs Compose in a folder, its output shown as it comes, and returns its exit code; null where it is not there. */
export async function runCompose(
  args: readonly string[],
  { folder, env, signal }: { folder: string; env: Environment; signal: AbortSignal },
): Promise<number | null> {
  const [program, ...words] = (await findComposeCommand(env)) ?? [];
  if (program === undefined) return null;
  const result = await execa(program, [...words, ...args], {
    cwd: folder,
    env,
    extendEnv: false,
    reject: false,
    cancelSignal: signal,
    stdio: ["ignore", "inherit", "inherit"],
  });
  return result.exitCode ?? 1;
}
