import { once } from "node:events";
import { type Readable, type Writable } from "node:stream";
import { type Docker } from "./docker.js";

export interface AttachedOptions {
  /** With a terminal of its own, such as a shell wants. */
  tty: boolean;
  /** Null where nothing is to be read. */
  stdin: Readable | null;
  stdout: Writable;
  stderr: Writable;
  /** The terminal's size now. */
  size?: () => { columns: number; rows: number };
  /** Told how to be called when the size changes. */
  onResize?: (resized: () => void) => void;
  signal: AbortSignal;
}

/** Runs a command in a container with the streams joined to its own, and returns its exit code. */
export function runAttached(
  docker: Docker,
  id: string,
  command: readonly string[],
  options: AttachedOptions,
): Promise<number> {
  const { tty, stdin, stdout, stderr, size, onResize, signal } = options;
  return docker.ask(async (client) => {
    const exec = await client
      .getContainer(id)
      .exec({
        Cmd: [...command],
        AttachStdin: stdin !== null,
        AttachStdout: true,
        AttachStderr: true,
        Tty: tty,
        ...(tty && { Env: ["TERM=xterm-256color"] }),
      });
    const stream = await exec.start({ hijack: true, stdin: stdin !== null, Tty: tty });
    const resize = async (): Promise<void> => {
      if (!size) return;
      const { columns, rows } = size();
      // The command may have ended meanwhile.
      await exec.resize({ w: columns, h: rows }).catch(() => undefined);
    };
    await resize();
    onResize?.(() => void resize());
    if (tty) stream.pipe(stdout, { end: false });
    else client.modem.demuxStream(stream, stdout, stderr);
    stdin?.pipe(stream);
    signal.addEventListener("abort", () => stream.destroy(), { once: true });
    await once(stream, "close");
    stdin?.unpipe(stream);
    signal.throwIfAborted();
    return (await exec.inspect()).ExitCode ?? 1;
  });
}
