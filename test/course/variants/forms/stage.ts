import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { findFreePort } from "../../../../src/redis/engines/free-port.js";
import { writeProject } from "../../../support/python/python-project.js";
import { startRedisServer, type TestRedis } from "../../../support/redis/redis-server.js";
import { environmentOf } from "./clients.js";
import { commandsOf } from "./containers.js";
import { webFile } from "./data.js";
import { type Form } from "./forms.js";
import { prefixOf } from "./frameworks.js";
import { placesOf } from "./places.js";
import { type Asked } from "./routes.js";
import { standInForWeb } from "./web.js";

/** What a client sees of an answer. */
export interface Answered {
  status: number;
  /** Of the headers, as one text. */
  headers: string;
  type: string;
  bytes: Buffer;
  text: string;
}

/** A program in a folder of its own, run by plain Python as its student would, with a Redis of its own. */
export class Stage implements AsyncDisposable {
  private readonly running: ChildProcess[] = [];
  private said = "";

  private constructor(
    private readonly form: Form,
    private readonly python: string,
    private readonly folder: string,
    private readonly port: number,
    private readonly environment: Record<string, string>,
    private readonly resources: readonly AsyncDisposable[],
  ) {}

  static async open(form: Form, python: string): Promise<Stage> {
    const redis = await startRedisServer();
    const port = await findFreePort();
    const { choices } = form;
    const { name, text } = webFile(choices);
    const web = choices.data === "web" ? await standInForWeb({ [name]: text }) : null;
    // What is the container's folder there, is here one that is empty but for what the program writes.
    const root = await writeProject({});
    const files = Object.entries(form.files).map(([path, content]): [string, string] => [
      path,
      path.endsWith(".py") ? moveOut(content, root.folder, redis, port) : content,
    ]);
    const project = await writeProject(Object.fromEntries(files));
    const environment = { ...variables(choices, redis), ...web?.environment };
    const resources = [project, root, redis, ...(web ? [web] : [])];
    return new Stage(form, python, project.folder, port, environment, resources);
  }

  startApi(): void {
    this.start(commandsOf(this.form.choices).api.map((one) => (one === "5000" ? String(this.port) : one)));
  }

  startWorker(): void {
    this.start(commandsOf(this.form.choices).worker);
  }

  private start(command: readonly string[]): void {
    const { startedIn, path } = placesOf(this.form.choices);
    const cwd = join(this.folder, startedIn);
    const child = spawn(this.python, command, {
      cwd,
      env: {
        ...process.env,
        PYTHONUNBUFFERED: "1",
        PYTHONDONTWRITEBYTECODE: "1",
        ...(path !== null && { PYTHONPATH: join(cwd, path) }),
        ...this.environment,
      },
      // Flask's reloader is a process of its own.
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => (this.said += chunk.toString()));
    this.running.push(child);
  }

  /** All that the programs have printed. */
  get output(): string {
    return this.said;
  }

  /** Null where nobody listens. */
  async ask({ method, path, json, form }: Asked): Promise<Answered | null> {
    const sent = json !== undefined ? JSON.stringify(json) : form ? new URLSearchParams(form) : null;
    try {
      const answer = await fetch(`http://127.0.0.1:${this.port}${prefixOf(this.form.choices)}${path}`, {
        method,
        ...(sent !== null && { body: sent }),
        ...(json !== undefined && { headers: { "content-type": "application/json" } }),
      });
      const bytes = Buffer.from(await answer.arrayBuffer());
      return {
        status: answer.status,
        bytes,
        text: bytes.toString(),
        headers: [...answer.headers.values()].join("\n"),
        type: answer.headers.get("content-type") ?? "",
      };
    } catch {
      return null;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const child of this.running) {
      const ended = child.exitCode === null && child.signalCode === null ? once(child, "exit") : null;
      try {
        if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
      } catch {
        // It has ended, with all that it started.
      }
      await ended;
    }
    for (const one of this.resources) await one[Symbol.asyncDispose]();
  }
}

/** The program's text, where the container's ports and folders are the test's. */
function moveOut(text: string, folder: string, redis: TestRedis, port: number): string {
  return text
    .replaceAll("port=6379", `port=${redis.port}`)
    .replaceAll("port=5000", `port=${port}`)
    .replaceAll("'/app/", `'${folder}/`)
    .replaceAll("'/output.", `'${folder}/output.`);
}

function variables(choices: Form["choices"], redis: TestRedis): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environmentOf(choices)).map(([name, value]) => [
      name,
      value.replace("redis-db", "127.0.0.1").replace("6379", String(redis.port)),
    ]),
  );
}
