import Dockerode from "dockerode";
import { TqError } from "../errors.js";
import { type DockerSurroundings, type Endpoint, findEndpoint } from "./endpoint.js";
import { explainDockerError } from "./explain-error.js";

/** Milliseconds that an engine has for saying that it is there. */
const PATIENCE = 5000;

/** The way to one Docker engine. Nothing is sent before the first question. */
export class Docker {
  readonly endpoint: Endpoint;
  /** Set up at the first question, so that an address that cannot be read is explained like other failures. */
  private client: Dockerode | undefined;

  constructor(surroundings: DockerSurroundings) {
    this.endpoint = findEndpoint(surroundings);
  }

  /** The engine and this machine are the same: a port of one is a port of the other. */
  get isLocal(): boolean {
    const { url } = this.endpoint;
    return /^(unix|npipe):/.test(url) || /^(tcp|https?):\/\/(localhost|127\.|\[::1\])/.test(url);
  }

  /** Asks the engine. Failures are `TqError` with exit code 3. */
  async ask<T>(question: (client: Dockerode) => Promise<T>): Promise<T> {
    try {
      return await question((this.client ??= openClient(this.endpoint)));
    } catch (error) {
      throw explainDockerError(error, this.endpoint);
    }
  }

  /** As `ask`, with null where the engine knows nothing of that name. */
  async find<T>(question: (client: Dockerode) => Promise<T>): Promise<T | null> {
    return this.ask((client) =>
      question(client).catch((error: unknown) => {
        if ((error as { statusCode?: number }).statusCode === 404) return null;
        throw error;
      }),
    );
  }

  /** Resolves when the engine answers. */
  async ping(): Promise<void> {
    await this.ask((client) => {
      // The types do not know of these options yet.
      const ping = client.ping.bind(client) as (options: { abortSignal: AbortSignal }) => Promise<unknown>;
      return ping({ abortSignal: AbortSignal.timeout(PATIENCE) });
    });
  }

  /** The engine's version, such as 28.2.2. */
  async version(): Promise<string> {
    return (await this.ask((client) => client.version())).Version;
  }
}

function openClient({ url, why }: Endpoint): Dockerode {
  const socket = /^(?:unix|npipe):\/\/(.+)$/.exec(url)?.[1];
  if (socket !== undefined) return new Dockerode({ socketPath: socket });
  const tcp = /^(tcp|https?):\/\/(\[[^\]]+\]|[^:/]+)(?::(\d+))?\/?$/.exec(url);
  if (!tcp) {
    throw new TqError(`the address of the Docker engine cannot be used: ${url} (${why})`, {
      code: "docker-address",
      exitCode: 3,
      hint: "tq takes unix:///path and tcp://host:port. For an engine behind ssh forward its socket, or log in there.",
    });
  }
  const [, scheme, host = "", port] = tcp;
  const protocol = scheme === "https" ? "https" : "http";
  return new Dockerode({ host: host.replace(/^\[|\]$/g, ""), port: Number(port ?? 2375), protocol });
}
