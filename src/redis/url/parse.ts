import { type Address, type ConnectionOptions } from "../../queue/connect.js";
import { parseAddresses, type Refuse, showHosts } from "./hosts.js";
import { IN_QUERY, refuse, UNENCODED } from "./refuse.js";

/** A Redis url, taken apart; what it does not say is undefined. */
export interface RedisUrl {
  connection: ConnectionOptions;
  /** The url as it may be shown: without the password, and without the database. */
  shown: string;
}

const SCHEMES = ["redis", "rediss", "redis+sentinel", "redis+cluster", "unix", "redis+unix"] as const;

/** Of a longer one Node would take the beginning. */
const LONGEST_PATH = 103;

type Scheme = (typeof SCHEMES)[number];

/** A url in its pieces, each as it was written. */
interface Pieces {
  scheme: Scheme;
  /** What stands before the @; undefined where there is none. */
  user: string | undefined;
  hosts: string;
  /** With its slash. */
  path: string;
  /** Without its question mark. */
  query: string;
}

/** Throws `TqError` (exit 2) that says what is wrong with it, and never repeats what may be a password. */
export function parseRedisUrl(text: string, source: string): RedisUrl {
  const fail: Refuse = (problem) => refuse(text, source, problem);
  const pieces = takeApart(text.trim(), fail);
  const { scheme } = pieces;
  const login = credentials(pieces.user, fail);
  if (scheme === "unix" || scheme === "redis+unix") return { ...parseSocket(pieces, login, fail) };
  const [master, database, tooMuch] = splitPath(pieces, fail);
  if (tooMuch !== undefined) fail("there is more than a database number behind the host");
  const db = chooseDatabase(database, pieces.query, fail);
  if (scheme === "redis+cluster" && (db ?? 0) !== 0) fail("a Redis cluster has only database 0");
  const addresses = parseAddresses(pieces.hosts, scheme === "redis+sentinel" ? 26379 : 6379, fail);
  const connection: ConnectionOptions = {
    ...login,
    ...(db !== undefined && { db }),
    ...(scheme === "rediss" && { tls: true }),
  };
  Object.assign(connection, placeOf(scheme, addresses, master, fail));
  const shownMaster = master === undefined ? "" : `/${encodeURIComponent(master)}`;
  return { connection, shown: `${scheme}://${showHosts(addresses)}${shownMaster}` };
}

/**
 * Where one of / ? # @ stands in a password unencoded, the url falls apart in the wrong places, and a piece of the
 * password would be taken for a host: that shows in an @ behind the first of them, or in a second one.
 */
function takeApart(text: string, fail: Refuse): Pieces {
  const { scheme, rest = "" } = /^(?<scheme>[a-z+]+):\/\/(?<rest>.*)$/is.exec(text)?.groups ?? {};
  const known = SCHEMES.find((one) => one === scheme?.toLowerCase());
  if (known === undefined)
    return fail(`it begins with none of ${SCHEMES.map((one) => `${one}://`).join(", ")}`);
  if (/[?&](?:user(?:name)?|pass(?:word|wd)?|pwd|auth)=/i.test(rest)) fail(IN_QUERY);
  const {
    authority = "",
    path = "",
    query,
    fragment,
  } = /^(?<authority>[^/?#]*)(?<path>[^?#]*)(?:\?(?<query>[^#]*))?(?<fragment>#.*)?$/s.exec(rest)?.groups ??
  {};
  if (rest.lastIndexOf("@") > authority.indexOf("@")) fail(UNENCODED);
  if (fragment !== undefined) fail("what follows the # has no meaning");
  const at = authority.indexOf("@");
  const user = at < 0 ? undefined : authority.slice(0, at);
  return { scheme: known, user, hosts: authority.slice(at + 1), path, query: query ?? "" };
}

function placeOf(
  scheme: Scheme,
  addresses: Address[],
  master: string | undefined,
  fail: Refuse,
): ConnectionOptions {
  if (scheme === "redis+cluster") return { cluster: addresses };
  if (scheme === "redis+sentinel") {
    return master
      ? { sentinel: { addresses, master } }
      : fail("the master's name is missing behind the addresses");
  }
  const [first = { host: "127.0.0.1", port: 6379 }, second] = addresses;
  if (second) fail("several addresses need redis+sentinel:// or redis+cluster://");
  return { ...first };
}

function parseSocket({ hosts, path, query }: Pieces, login: ConnectionOptions, fail: Refuse): RedisUrl {
  if (hosts !== "" || path === "" || path === "/") {
    fail("the path of a socket begins with a slash, so that there are three: unix:///run/redis.sock");
  }
  const decoded = decode(path) ?? fail(UNENCODED);
  if (Buffer.byteLength(decoded) > LONGEST_PATH)
    fail(`the path of a socket has at most ${LONGEST_PATH} bytes`);
  const db = chooseDatabase(undefined, query, fail);
  const connection = { ...login, path: decoded, ...(db !== undefined && { db }) };
  return { connection, shown: `unix://${decoded.split("/").map(encodeURIComponent).join("/")}` };
}

/** The sentinel's master, the database, and what is too much, as far as they are there. */
function splitPath({ scheme, path }: Pieces, fail: Refuse): (string | undefined)[] {
  const segments = path.split("/").filter(Boolean);
  const master = scheme === "redis+sentinel" ? segments.shift() : undefined;
  return [master === undefined ? undefined : (decode(master) ?? fail(UNENCODED)), ...segments];
}

/** Of the path, or of `?db=`, which is all that a query may say. */
function chooseDatabase(inPath: string | undefined, query: string, fail: Refuse): number | undefined {
  const inQuery =
    query === "" ? undefined : (/^db=(.*)$/is.exec(query)?.[1] ?? fail("only ?db=<number> may follow"));
  for (const db of [inPath, inQuery]) {
    if (db !== undefined && !/^\d+$/.test(db)) fail("its database is not a number");
  }
  if (inPath !== undefined && inQuery !== undefined && Number(inPath) !== Number(inQuery)) {
    fail("it names two databases");
  }
  const db = inPath ?? inQuery;
  return db === undefined ? undefined : Number(db);
}

function credentials(
  text: string | undefined,
  fail: Refuse,
): Pick<ConnectionOptions, "username" | "password"> {
  if (text === undefined || text === "") return {};
  const colon = text.indexOf(":");
  if (colon < 0) fail("a user needs a password: user:password@host, or :password@host");
  const username = decode(text.slice(0, colon)) ?? fail(UNENCODED);
  const password = decode(text.slice(colon + 1)) ?? fail(UNENCODED);
  return username === "" ? { password } : { username, password };
}

/** Null where a % is not followed by two hexadecimal digits, or they are no text. */
function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
