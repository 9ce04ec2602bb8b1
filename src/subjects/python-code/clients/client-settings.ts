import { type Client } from "./clients.js";
import { type Value, variablesOf } from "../names/values.js";

/** The database of a client: Redis' own default where none is given, null where it cannot be told. */
export function databaseOf({ db }: Client): number | null {
  if (db.kind === "absent") return 0;
  if (db.kind === "env") return db.fallback === null ? null : wholeNumber(db.fallback);
  return db.kind === "literal" ? wholeNumber(db.value) : null;
}

function wholeNumber(value: string | number): number | null {
  const n = Number(value);
  return value !== "" && Number.isInteger(n) ? n : null;
}

/** The queue's name; null where it cannot be told. */
export function queueName({ queue }: Client): string | null {
  return queue?.kind === "literal" ? String(queue.value) : null;
}

/** The host that is taken where no variable is set; redis takes localhost where none is given. */
export function hostWithoutVariables({ host }: Client): string | null {
  if (host.kind === "absent") return "localhost";
  if (host.kind === "literal") return String(host.value);
  return host.kind === "env" ? host.fallback : null;
}

export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "0.0.0.0" || host === "::1" || host.startsWith("127.");
}

export function isAddress(host: string): boolean {
  return /^\d+\.\d+\.\d+\.\d+$/.test(host);
}

/** As words for a sentence. */
export function describeHost(value: Value): string {
  if (value.kind === "literal") return `"${value.value}"`;
  if (value.kind === "env") {
    return `the variable ${variablesOf(value).join(" or ")}${value.fallback === null ? "" : ` (else "${value.fallback}")`}`;
  }
  return value.kind === "absent" ? "nowhere, so it is localhost" : value.text;
}

export function describeClient({ name, kind }: Client): string {
  return name === "" ? (kind === "queue" ? "this queue object" : "this client") : name;
}
