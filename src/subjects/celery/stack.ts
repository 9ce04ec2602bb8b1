import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { listServiceContainers, type ServiceContainer } from "../../compose/service-containers.js";
import { killContainer, restartContainer, startAgain } from "../../docker/containers.js";
import { listProcesses } from "../../docker/find-containers.js";
import { type Docker } from "../../docker/docker.js";
import {
  askCompose,
  type ComposeOutcome,
  removeProject,
  sweepProjects,
  throwawayLabels,
} from "../../compose/throwaway-project.js";
import { readLogs } from "../../docker/read-logs.js";
import { makeTemporaryFolder } from "../../lab/files/temporary-folder.js";
import { type Service } from "../../compose/service.js";
import { type StackServices } from "./services.js";
import { type ComposeModel, planStack } from "../../compose/project-plan.js";

export interface StackOptions {
  docker: Docker;
  /** Absolute folder of a copy of the student's files. */
  folder: string;
  /** Name of the Compose file in it. */
  file: string;
  services: StackServices;
  env: Readonly<Record<string, string | undefined>>;
  home: string;
  /** Told how far a build is. */
  report: (line: string) => void;
  signal: AbortSignal;
}

/** Which of Compose's doings failed, and what it said. */
export interface StackFailure {
  stage: "config" | "build" | "up";
  text: string;
}

export type Part = "web" | "worker" | "broker" | "store";

/** Begins the names of the workers that tq runs with the student's code. */
const OWN_WORKER = "-own-worker";

/** Ports inside: of RabbitMQ's management, and of Redis. */
const MANAGEMENT = 15672;
const REDIS = 6379;
const WEB = 8000;

/** The student's stack, run by tq beside whatever else runs. It is gone when it is disposed of. */
export class Stack implements AsyncDisposable {
  readonly project = `tq-check-${process.pid}-${Date.now().toString(36)}`;
  private plan = "";
  /** An engine answered: there may be something to remove. */
  private begun = false;

  constructor(private readonly options: StackOptions) {}

  /** Builds the images. Null where all went well. */
  async build(): Promise<StackFailure | null> {
    const { docker, folder, file, home, services } = this.options;
    await docker.ping();
    this.begun = true;
    await sweepProjects(docker);
    // Whoever stops tq does not wait for the phase that is under way.
    this.options.signal.addEventListener("abort", this.remove);
    const read = await this.compose(["--file", join(folder, file), "--project-directory", folder, "config"]);
    if (!read.ok) return { stage: "config", text: read.stderr };
    const reach: Record<string, number[]> = {};
    const want = (service: Service | null, port: number): void => {
      if (service) reach[service.name] = [port];
    };
    want(services.web, services.web?.ports[0]?.inside ?? WEB);
    want(services.broker, MANAGEMENT);
    want(services.store, REDIS);
    const model = planStack(parse(read.stdout) as ComposeModel, {
      project: this.project,
      labels: throwawayLabels(this.project, home),
      reach,
    });
    this.plan = join(makeTemporaryFolder("run"), "compose.json");
    await writeFile(this.plan, JSON.stringify(model));
    const built = await this.compose([...this.files, "build"]);
    return built.ok ? null : { stage: "build", text: `${built.stdout}\n${built.stderr}` };
  }

  /**
   * Starts everything, the web and the worker first: what they do not wait for comes after them. Null where all went well.
   */
  async up(): Promise<StackFailure | null> {
    const { web, worker } = this.options.services;
    const first = [web, worker].flatMap((service) => service?.name ?? []);
    for (const names of [first, []]) {
      const { ok, stderr } = await this.compose([...this.files, "up", "--detach", "--no-build", ...names]);
      if (!ok) return { stage: "up", text: stderr };
    }
    return null;
  }

  /** Starts a container of the worker's service with another command, such as one that acknowledges otherwise. */
  async runWorker(command: readonly string[]): Promise<string> {
    const name = `${this.project}${OWN_WORKER}-${performance.now().toFixed(0)}`;
    const service = this.options.services.worker?.name ?? "";
    const [entry = "", ...rest] = command;
    const words = ["run", "--detach", "--no-deps", "--name", name, "--entrypoint", entry, service, ...rest];
    const { ok, stderr } = await this.compose([...this.files, ...words]);
    if (!ok) throw new Error(`a worker could not be started: ${stderr}`);
    return name;
  }

  async containers(part: Part): Promise<ServiceContainer[]> {
    const service = this.options.services[part]?.name;
    return (await this.all()).filter((one) => one.service === service);
  }

  /** Without the workers that tq runs itself. */
  async all(): Promise<ServiceContainer[]> {
    const own = `${this.project}${OWN_WORKER}`;
    const all = await listServiceContainers(this.options.docker);
    return all.filter(({ project, name }) => project === this.project && !name.startsWith(own));
  }

  /** The port of 127.0.0.1 at which a part is reached; null where it does not run. */
  async port(part: Part): Promise<number | null> {
    const [container] = await this.containers(part);
    return container?.ports[0]?.port ?? null;
  }

  /** The last lines that a container has printed. */
  logs(id: string): Promise<string[]> {
    return readLogs(this.options.docker, id, 40);
  }

  processes(id: string): Promise<string[]> {
    return listProcesses(this.options.docker, id);
  }

  /** As kill -9 does; nothing where it has ended by itself. */
  async kill(ids: readonly string[]): Promise<void> {
    await Promise.all(ids.map((id) => killContainer(this.options.docker, id)));
  }

  async start(ids: readonly string[]): Promise<void> {
    await Promise.all(ids.map((id) => startAgain(this.options.docker, id)));
  }

  /** Ends it as its service is asked to, by force after so many seconds, and starts it again. */
  async restart(ids: readonly string[], seconds: number): Promise<void> {
    await Promise.all(ids.map((id) => restartContainer(this.options.docker, id, seconds)));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.options.signal.removeEventListener("abort", this.remove);
    if (this.begun) await removeProject(this.options.docker, this.project);
  }

  private readonly remove = (): void => {
    removeProject(this.options.docker, this.project).catch(() => undefined); // told when it is disposed of
  };

  private get files(): string[] {
    return ["--file", this.plan, "--project-directory", this.options.folder];
  }

  private compose(args: readonly string[]): Promise<ComposeOutcome> {
    const { env, signal, report } = this.options;
    return askCompose(["--project-name", this.project, ...args], { env, signal, report });
  }
}
