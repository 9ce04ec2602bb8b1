import { TqError } from "../errors.js";
import { type Endpoint } from "./endpoint.js";

interface Rule {
  /** Matched against the error's code and message. */
  when: RegExp;
  code: string;
  says: (seen: string, endpoint: Endpoint) => string;
  hint: string;
}

/** From the most particular to the most general; the first that matches explains. */
const RULES: readonly Rule[] = [
  {
    when: /EACCES|EPERM|permission denied while trying to connect/,
    code: "docker-permission",
    says: (_, { url }) => `this user may not use the Docker engine at ${url}`,
    hint: "Linux: sudo usermod -aG docker $USER   then log out and in again",
  },
  {
    when: /toomanyrequests|rate limit/i,
    code: "docker-pull-limit",
    says: () => "the registry refuses more downloads for now (its rate limit)",
    hint: "docker login   raises the limit; or wait an hour",
  },
  {
    when: /no space left on device|ENOSPC/i,
    code: "disk-full",
    says: () => "the disk of the Docker engine is full",
    hint: "See: docker system df   Free unused images and containers: docker system prune",
  },
  {
    when: /no such host|server misbehaving|i\/o timeout|network is unreachable|TLS handshake timeout|Client\.Timeout|no route to host|connection refused|proxyconnect|request canceled/i,
    code: "docker-pull-network",
    says: (seen) => `the image cannot be fetched, because the registry is not reached: ${seen}`,
    hint: "Check the network, VPN and proxy of the Docker engine. Or use an image that is there: docker images",
  },
  {
    when: /ENOENT|ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|socket hang up|aborted/,
    code: "docker-not-running",
    says: (_, { url, why }) => `no Docker engine answers at ${url} (${why})`,
    hint: "Start it: Docker Desktop, or on Linux: sudo systemctl start docker",
  },
  {
    when: /manifest unknown|not found: manifest|pull access denied|repository does not exist|no such image/i,
    code: "docker-no-image",
    says: (seen) => `the image is not there to be had: ${seen}`,
    hint: "Check the name of the image, or docker login if it is private.",
  },
  {
    when: /port is already allocated|address already in use/i,
    code: "port-taken",
    says: (seen) => `the port is taken: ${seen}`,
    hint: "See by whom: docker ps   Use another: --port 0 takes a free one",
  },
];

/** An error of the engine or of the way to it as a person needs it; a `TqError` comes back as it is. */
export function explainDockerError(error: unknown, endpoint: Endpoint): TqError {
  if (error instanceof TqError) return error;
  const seen = describe(error);
  const rule = RULES.find(({ when }) => when.test(seen)) ?? {
    code: "docker-error",
    says: () => `the Docker engine answered: ${seen}`,
    hint: "The whole error: the same command with --debug",
  };
  return new TqError(rule.says(seen, endpoint), {
    code: rule.code,
    exitCode: 3,
    hint: rule.hint,
    cause: error,
  });
}

/** The engine's own words, without what the client puts around them. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, json } = error as NodeJS.ErrnoException & { json?: { message?: unknown } };
  const message = typeof json?.message === "string" ? json.message : error.message;
  return `${code && !message.includes(code) ? `${code} ` : ""}${message}`.trim();
}
