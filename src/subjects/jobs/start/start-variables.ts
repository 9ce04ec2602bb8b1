import { type Client, type EnvironmentRead } from "../../python-code/project.js";
import { variablesOf } from "../../python-code/names/values.js";
import { guessVariable, HOST } from "./guess-variable.js";

/** A variable that names the host of Redis, or its url. */
export interface HostVariable {
  name: string;
  /** Nothing is taken in its stead. */
  needed: boolean;
}

export interface StartVariables {
  values: Readonly<Record<string, string>>;
  hosts: readonly HostVariable[];
  /** Those that nothing sets, with the value that the check gave them. */
  guessed: readonly { name: string; value: string }[];
}

export interface VariableFacts {
  environment: readonly EnvironmentRead[];
  clients: readonly Client[];
  /** The first that has it wins. */
  given: readonly ReadonlyMap<string, string>[];
}

/** What would lead Python itself elsewhere, or belongs to the machine. */
const LEFT_OUT = /^(?:PATH|HOME|PWD|TMPDIR|LD_.*|PYTHON.*|TQ_.*|.*_proxy)$/i;

/** The variables of a program: what is set for it, and for what nothing sets and the code needs, a sensible value. */
export function findVariables({ environment, clients, given }: VariableFacts): StartVariables {
  const values = new Map<string, string>();
  for (const one of [...given].reverse()) {
    for (const [name, value] of one) if (!LEFT_OUT.test(name)) values.set(name, value);
  }
  const hosts = [...new Set(clients.flatMap(({ host }) => variablesOf(host)))];
  const guessed: { name: string; value: string }[] = [];
  for (const read of environment) {
    if (isSet(read, values.get(read.name)) || !read.needed || hosts.includes(read.name)) continue;
    const value = guessVariable(read, values);
    values.set(read.name, value);
    guessed.push({ name: read.name, value });
  }
  for (const client of clients) {
    for (const name of variablesOf(client.host)) values.set(name, hostOrUrl(name, client, values));
  }
  const isNeeded = (name: string): boolean => environment.some((read) => read.name === name && read.needed);
  return {
    values: Object.fromEntries(values),
    hosts: hosts.map((name) => ({ name, needed: isNeeded(name) })),
    guessed,
  };
}

/** A text may be empty; a number, a host or a database is not set then. */
function isSet({ asNumber, givenTo }: EnvironmentRead, value: string | undefined): boolean {
  return value !== undefined && (value !== "" || (!asNumber && !/^(?:port|db|host)$/.test(givenTo)));
}

/** Any host is led to the private Redis; of a url its database counts. */
function hostOrUrl(name: string, { fromUrl, db }: Client, values: ReadonlyMap<string, string>): string {
  if (!fromUrl) return HOST;
  const [, path] = /^\w+:\/\/[^/]*(\/\d+)/.exec(values.get(name) ?? "") ?? [];
  return `redis://${HOST}:6379${path ?? (db.kind === "literal" ? `/${db.value}` : "")}`;
}
