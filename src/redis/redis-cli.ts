import { execa } from "execa";
import { type Target } from "./target.js";

/**
 * Runs the redis-cli of this machine on the terminal, with `args` as its command or without as its prompt.
 * Returns its exit code, or null where there is none on the PATH.
 */
export async function runRedisCli(
  { connection }: Target,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<number | null> {
  const { host = "127.0.0.1", port = 6379, path, db, username, password, tls } = connection;
  const options = path === undefined ? ["-h", host, "-p", String(port)] : ["-s", path];
  if (db !== 0) options.push("-n", String(db));
  if (tls) options.push("--tls");
  if (username) options.push("--user", username);
  const result = await execa("redis-cli", [...options, ...args], {
    stdio: "inherit",
    reject: false,
    // In the environment, because a process list shows the arguments.
    env: { ...env, ...(password !== undefined && { REDISCLI_AUTH: password }) },
    extendEnv: false,
  });
  if (result.code === "ENOENT") return null;
  return result.exitCode ?? 1;
}
