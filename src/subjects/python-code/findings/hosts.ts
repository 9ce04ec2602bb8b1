import { type Client } from "../clients/clients.js";
import { certainClients, fault, type Facts, remark } from "../facts.js";
import { type Finding } from "../finding.js";
import {
  describeClient,
  describeHost,
  hostWithoutVariables,
  isAddress,
  isLoopback,
} from "../clients/client-settings.js";

/** Where the code takes the host of Redis from. */
export function findHosts(facts: Facts): Finding[] {
  const made = new Set<string>();
  // Made by a function of the student's, the line that counts is the function's.
  const clients = certainClients(facts).filter(({ made: { file, line }, host }) => {
    const key = `${file} ${line} ${describeHost(host)}`;
    return !made.has(key) && made.add(key);
  });
  return [...clients.flatMap(findLiteral), ...findDifferent(clients)];
}

const READ = (host: string): string => `os.environ.get("REDIS_IP", "${host}")`;

function findLiteral(client: Client): Finding[] {
  const { host } = client;
  if (host.kind === "env" || host.kind === "unknown") return [];
  const who = describeClient(client);
  if (host.kind === "literal" && host.at) {
    // It has a name of its own: that line is to change, whatever clients are made with it.
    return [
      remark(
        "host-literal",
        host.at,
        `the host of Redis is written into the code: ${describeHost(host)}`,
        `write in its place what reads it from the environment, with a default: ${READ(String(host.value))}`,
      ),
    ];
  }
  return [
    remark(
      "host-literal",
      client,
      host.kind === "absent"
        ? `${who} is given no host, so it looks for Redis on its own machine only`
        : `the host of Redis is written into the code: ${describeHost(host)}`,
      `read it from the environment, with a default: host=${READ(host.kind === "literal" ? String(host.value) : "127.0.0.1")}`,
    ),
  ];
}

/** Two clients that look for Redis in different places cannot both find it. */
function findDifferent(clients: readonly Client[]): Finding[] {
  const known = clients.filter(({ host }) => host.kind !== "unknown");
  const reference = known.find(({ host }) => host.kind === "env") ?? known[0];
  if (!reference) return [];
  return known.flatMap((client): Finding[] => {
    if (client === reference || sourceOf(client) === sourceOf(reference)) return [];
    // Two copies of one program in one module, as in an if and its else.
    if (
      client.file === reference.file &&
      client.name === reference.name &&
      client.within === reference.within
    )
      return [];
    const where =
      reference.file === client.file
        ? `line ${reference.line}`
        : `line ${reference.line} of ${reference.file}`;
    const says = `${describeClient(client)} takes its host from ${describeHost(client.host)}, ${describeClient(reference)} (${where}) from ${describeHost(reference.host)}`;
    const next = "take it from the same place in both: one variable, read once, with one default";
    return [
      clash(client, reference)
        ? fault("hosts-differ", client, says, next)
        : remark("hosts-differ", client, says, next),
    ];
  });
}

function sourceOf({ host }: Client): string {
  if (host.kind === "env") return `env ${host.variable}`;
  const text = host.kind === "literal" ? String(host.value) : "localhost";
  return isLoopback(text) ? "localhost" : text;
}

/** As against two ways to the same Redis. */
function clash(client: Client, reference: Client): boolean {
  const [a, b] = [hostWithoutVariables(client), hostWithoutVariables(reference)];
  if (client.host.kind === "env") return false; // two variables: what they are set to decides
  if (reference.host.kind !== "env")
    return a !== null && b !== null && isLoopback(a) !== isLoopback(b) && !isAddress(a) && !isAddress(b);
  // The variable leads elsewhere, and this one stays where it is.
  return a !== null && (isLoopback(a) || isAddress(a) || (b !== null && a !== b && !isLoopback(b)));
}
