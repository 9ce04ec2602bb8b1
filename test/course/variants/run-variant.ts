import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { findFreePort } from "../../../src/redis/engines/free-port.js";
import { pathOf, type Variant } from "./index.js";

export interface Answer {
  status: number;
  body: unknown;
}

/** A variant in a folder of its own, its API and its worker as processes. */
export class RunningVariant implements AsyncDisposable {
  private readonly running: ChildProcess[] = [];
  /** What the processes have said. */
  log = "";

  private constructor(
    private readonly variant: Variant,
    private readonly folder: string,
    private readonly python: string,
    private readonly port: number,
  ) {}

  /** Writes the files, with this Redis' port, a free one for the API, and less work. */
  static async lay(variant: Variant, python: string, redisPort: number): Promise<RunningVariant> {
    const folder = await mkdtemp(join(tmpdir(), "tq-test-variant-"));
    const port = await findFreePort();
    await writeFiles(folder, variant.files, (text) =>
      text
        .replaceAll("port=6379", `port=${redisPort}`)
        .replaceAll("port=5000", `port=${port}`)
        .replaceAll("time.sleep(2)", "time.sleep(0.2)"),
    );
    return new RunningVariant(variant, folder, python, port);
  }

  startApi(): void {
    this.start(`${this.variant.choices.apiFile}.py`);
  }

  startWorker(): void {
    this.start("worker.py");
  }

  /** Null where nothing answers yet. Throws when a process has ended. */
  async ask(method: string, path: string, body?: unknown): Promise<Answer | null> {
    if (this.running.some(({ exitCode }) => exitCode !== null)) throw new Error(`it ended:\n${this.log}`);
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const headers = { "content-type": "application/json" };
    try {
      const answer = await fetch(`http://127.0.0.1:${this.port}${path}`, { method, headers, ...sent });
      return { status: answer.status, body: await answer.json() };
    } catch (error) {
      if (error instanceof TypeError) return null;
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const child of this.running) {
      const ended = child.exitCode === null ? once(child, "close") : null;
      child.kill("SIGKILL");
      await ended;
    }
    await rm(this.folder, { recursive: true, force: true });
  }

  private start(file: string): void {
    const path = join(this.folder, pathOf(this.variant.choices, file));
    const env = { ...process.env, REDIS_IP: "127.0.0.1", REDIS_HOST: "127.0.0.1" };
    const child = spawn(this.python, [path], { cwd: dirname(path), env });
    const hear = (chunk: Buffer): void => {
      this.log += chunk.toString();
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    this.running.push(child);
  }
}

/** Writes files by their paths, each changed on the way. */
export async function writeFiles(
  folder: string,
  files: Record<string, string>,
  change: (text: string) => string = (text) => text,
): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), change(text));
  }
}
