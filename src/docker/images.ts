import { Readable } from "node:stream";
import { pack } from "tar-stream";
import { type Docker } from "./docker.js";

export interface PullOptions {
  /** Told how far it is, a line each, at most one a second. */
  report: (line: string) => void;
  signal: AbortSignal;
}

interface PullEvent {
  id?: string;
  status?: string;
  progressDetail?: { current?: number; total?: number };
  error?: string;
}

const SECOND = 1000;

/** What the engine has under an image's name: bytes and labels; null where it has none. */
export async function findImage(
  docker: Docker,
  image: string,
): Promise<{ size: number; labels: Readonly<Record<string, string>> } | null> {
  const found = await docker.find((client) => client.getImage(image).inspect());
  return found && { size: found.Size, labels: labelsOf(found.Config) };
}

/** The types do not say that there may be none. */
function labelsOf({ Labels }: { Labels: Record<string, string> | null }): Record<string, string> {
  return Labels ?? {};
}

/** Fetches an image unless the engine has it; false if it has. Throws `TqError` (exit 3) where it cannot be had. */
export async function ensureImage(
  docker: Docker,
  image: string,
  { report, signal }: PullOptions,
): Promise<boolean> {
  if (await findImage(docker, image)) return false;
  report(`fetching the image ${image}, once`);
  await pull(docker, image, { report, signal }).catch((error: unknown) => {
    signal.throwIfAborted(); // the engine's end of a pull that was stopped looks like a failure
    throw error;
  });
  signal.throwIfAborted();
  report(`the image ${image} is there`);
  return true;
}

function pull(docker: Docker, image: string, { report, signal }: PullOptions): Promise<void> {
  return docker.ask(async (client) => {
    const stream = await client.pull(image, { abortSignal: signal });
    const layers = new Map<string, { current: number; total: number }>();
    let reported = performance.now();
    let refusal: string | undefined;
    await new Promise<void>((resolve, reject) => {
      // An engine that meets an obstacle says so in the middle of the stream, not by its status.
      client.modem.followProgress(
        stream,
        (error) => {
          if (error ?? refusal) reject(error ?? new Error(refusal));
          else resolve();
        },
        ({ id, status, progressDetail, error }: PullEvent) => {
          refusal ??= error;
          if (!id || status !== "Downloading" || !progressDetail?.total) return;
          layers.set(id, { current: progressDetail.current ?? 0, total: progressDetail.total });
          if (performance.now() - reported < SECOND) return;
          reported = performance.now();
          report(`${image}: ${describe([...layers.values()])}`);
        },
      );
    });
  });
}

/** Makes an image from a Dockerfile; nothing of one that fails or is stopped stays. Throws `TqError` (exit 3). */
export async function buildImage(
  docker: Docker,
  {
    name,
    files,
    labels,
  }: {
    name: string;
    /** The Dockerfile, and what it copies. */
    files: Readonly<Record<string, string>>;
    labels: Readonly<Record<string, string>>;
  },
  signal: AbortSignal,
): Promise<void> {
  const building = docker.ask(async (client) => {
    const archive = pack();
    for (const [file, text] of Object.entries(files)) archive.entry({ name: file }, text);
    archive.finalize();
    const stream = await client.buildImage(Readable.from(archive), {
      t: name,
      labels: { ...labels },
      rm: true,
      forcerm: true,
      abortSignal: signal,
    });
    let said = "";
    await new Promise<void>((resolve, reject) => {
      client.modem.followProgress(
        stream,
        (error) => {
          // What a step printed last tells more than that it failed.
          if (error) reject(new Error(said === "" ? error.message : said, { cause: error }));
          else resolve();
        },
        ({ stream: text }: { stream?: string }) => (said = text?.trim() || said),
      );
    });
  });
  await building.catch((error: unknown) => {
    signal.throwIfAborted(); // the engine's end of what was stopped looks like a failure
    throw error;
  });
}

function describe(layers: readonly { current: number; total: number }[]): string {
  const sum = (part: "current" | "total") => layers.reduce((all, layer) => all + layer[part], 0) / 1e6;
  return `${sum("current").toFixed(0)} of ${sum("total").toFixed(0)} MB`;
}
