import { TqError } from "../errors.js";
import { type Address, type ConnectionOptions } from "../queue/connect.js";

/** A Redis url, taken apart; what it does not say is undefined. */
export interface RedisUrl {
  connection: ConnectionOptions;
  /** The url as it may be shown: without the password, and without the database. */
  shown: string;
}

const SHAPE =
  /^(?<scheme>redis|rediss|redis\+sentinel|redis\+cluster):\/\/(?:(?<user>[^@/]*)@)?(?<hosts>[^/?#]*)(?<path>\/[^?#]*)?$/;

const FORMS = [
  "redis://[user:password@]host[:port][/db]",
  "rediss://… the same with TLS",
  "redis+sentinel://host:port[,host:port…]/master[/db]",
  "redis+cluster://host:port[,host:port…]",
].join("\n  ");

/** Throws `TqError` (exit 2) that says what is wrong with it, and never repeats a password. */
export function parseRedisUrl(text: string, source: string): RedisUrl {
  const fail = (problem: string): never => {
    throw new TqError(`${source} is not a Redis url: ${problem}`, {
      code: "bad-redis-url",
      exitCode: 2,
      hint: `The forms are\n  ${FORMS}`,
    });
  };
  const parts = SHAPE.exec(text.trim())?.groups;
  if (!parts) return fail(`"${text.replace(/\/\/.*@/, "//…@")}"`);
  const { scheme = "", user = "", hosts = "", path = "" } = parts;
  const [segments, database] = splitPath(scheme, path.slice(1).split("/").filter(Boolean));
  if (scheme === "redis+cluster" && Number(database.db ?? 0) !== 0) {
    fail(`"/${database.db ?? ""}": a Redis cluster has only database 0`);
  }
  if (segments.length > 0) fail(`"/${segments.join("/")}" is more than it takes`);
  if (database.db !== undefined && !/^\d+$/.test(database.db)) {
    fail(`"${database.db}" is not a database number`);
  }
  const addresses = hosts.split(",").map((host) => parseAddress(host, scheme, fail));
  const [first = { host: "127.0.0.1", port: 6379 }] = addresses;
  const shownHosts = addresses.map(({ host, port }) => `${host.includes(":") ? `[${host}]` : host}:${port}`);
  const connection: ConnectionOptions = {
    ...credentials(user, fail),
    ...(database.db !== undefined && { db: Number(database.db) }),
    ...(scheme === "rediss" && { tls: true }),
  };
  if (scheme === "redis+cluster") connection.cluster = addresses;
  else if (scheme === "redis+sentinel") {
    if (!database.master) return fail("the master's name is missing behind the addresses");
    connection.sentinel = { addresses, master: database.master };
  } else {
    if (addresses.length > 1) fail("several addresses need redis+sentinel:// or redis+cluster://");
    Object.assign(connection, first);
  }
  const master = database.master === undefined ? "" : `/${encodeURIComponent(database.master)}`;
  return { connection, shown: `${scheme}://${shownHosts.join(",")}${master}` };
}

/** What stands behind the addresses: the sentinel's master, the database; and the rest, which is too much. */
function splitPath(scheme: string, segments: string[]): [string[], { master?: string; db?: string }] {
  const found: { master?: string; db?: string } = {};
  const rest = [...segments];
  if (scheme === "redis+sentinel") {
    const master = rest.shift();
    if (master !== undefined) found.master = decodeURIComponent(master);
  }
  const db = rest.shift();
  if (db !== undefined) found.db = db;
  return [rest, found];
}

function parseAddress(text: string, scheme: string, fail: (problem: string) => never): Address {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]\s]*))(?::(\d*))?$/.exec(text);
  if (!match) return fail(`"${text}" is not a host or host:port`);
  const host = match[1] ?? (match[2] || "127.0.0.1");
  const port = match[3] ? Number(match[3]) : scheme === "redis+sentinel" ? 26379 : 6379;
  if (port < 1 || port > 65535) fail(`port ${port} is not between 1 and 65535`);
  return { host, port };
}

function credentials(
  text: string,
  fail: (problem: string) => never,
): Pick<ConnectionOptions, "username" | "password"> {
  if (text === "") return {};
  const [username = "", ...rest] = text.split(":");
  if (rest.length === 0) return fail("a user needs a password: user:password@host, or :password@host");
  try {
    const password = decodeURIComponent(rest.join(":"));
    return username === "" ? { password } : { username: decodeURIComponent(username), password };
  } catch {
    return fail("its user or password has a % that is not followed by two hexadecimal digits");
  }
}
