import { PassThrough } from "node:stream";
import { once } from "node:events";
import { type Docker } from "./docker.js";

export interface ExecResult {
  /** Null where the engine does not tell, as when the container ended meanwhile. */
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

export interface ExecOptions {
  signal: AbortSignal;
  env?: Readonly<Record<string, string>> | undefined;
  /** "uid:gid" or a name; without it the image decides. */
  user?: string | undefined;
}

/** Runs a command in a running container and collects what it prints. Throws `TqError` (exit 3). */
export async function runInContainer(
  docker: Docker,
  id: string,
  command: readonly string[],
  { signal, env = {}, user }: ExecOptions,
): Promise<ExecResult> {
  const running = docker.ask(async (client) => {
    const exec = await client
      .getContainer(id)
      .exec({
        Cmd: [...command],
        Env: Object.entries(env).map(([name, value]) => `${name}=${value}`),
        AttachStdout: true,
        AttachStderr: true,
        ...(user !== undefined && { User: user }),
        abortSignal: signal,
      });
    const stream = await exec.start({ abortSignal: signal });
    const printed = { stdout: "", stderr: "" };
    const collect = (name: "stdout" | "stderr"): PassThrough =>
      new PassThrough().setEncoding("utf8").on("data", (text: string) => (printed[name] += text));
    client.modem.demuxStream(stream, collect("stdout"), collect("stderr"));
    await once(stream, "end", { signal });
    const { ExitCode } = await exec.inspect();
    return { exitCode: ExitCode, ...printed };
  });
  return running.catch((error: unknown) => {
    signal.throwIfAborted(); // what was stopped looks like an engine that went away
    throw error;
  });
}
