import { TqError } from "../errors.js";
import { type ConnectionOptions } from "../queue/connect.js";
import { shellCommand } from "../text/shell-word.js";
import { hasProgram } from "../has-program.js";
import { showHost } from "./url/hosts.js";
import { parseRedisUrl } from "./url/parse.js";

/** A Redis that `tq redis up` started, as far as reaching it goes. */
interface Reachable {
  name: string;
  port: number;
  password: string | null;
}

export interface TargetChoice {
  /** `--redis-url`. */
  redisUrl?: string | undefined;
  /** `--db`. */
  db?: number | undefined;
  /** TQ_REDIS_URL and REDIS_IP are read from here. */
  env: Readonly<Record<string, string | undefined>>;
  /** The Redis that tq started last, or null. */
  started: Reachable | null;
}

/** Which Redis a command talks to. */
export interface Target {
  connection: ConnectionOptions & { db: number };
  /** Its url, without the password and the database. */
  url: string;
  /** Why this one: the words that follow "because" or stand in brackets. */
  why: string;
  /** What a person may not expect about the choice, or null. */
  note: string | null;
  /** This machine has no redis-cli. */
  withoutRedisCli: boolean;
}

/**
 * A command that asks the same Redis and database, as it can be pasted. Where redis-cli cannot do it (it is not there,
 * would need a password that tq knows, or knows no sentinels), tq does. A password of --redis-url is asked for: on a
 * command line every user of the machine could read it.
 */
export function redisCliFor(target: Target, ...words: readonly string[]): string {
  const { url, why, connection } = target;
  const { host, port, db, tls, path, username, password, sentinel, cluster } = connection;
  const isGiven = why === "--redis-url";
  if (target.withoutRedisCli || sentinel || (password !== undefined && !isGiven)) {
    const chosen = isGiven ? ["--redis-url", url] : [];
    return shellCommand("tq", "redis", "cli", ...chosen, ...(cluster ? [] : ["--db", String(db)]), ...words);
  }
  const login =
    password === undefined ? [] : ["--askpass", ...(username === undefined ? [] : ["--user", username])];
  if (cluster) {
    const first = url.split(",")[0]?.replace("redis+cluster", "redis") ?? "";
    return shellCommand("redis-cli", ...login, "-c", "-u", first, ...words);
  }
  const at = path
    ? ["-s", path, "-n", String(db)]
    : host === "127.0.0.1" && !tls
      ? [...(port === 6379 ? [] : ["-p", String(port)]), "-n", String(db)]
      : ["-u", `${url}/${db}`];
  return shellCommand("redis-cli", ...login, ...at, ...words);
}

/** HotQueue's course uses database 1 for the queue. */
const DEFAULT_DB = 1;

/** The order of precedence that the documentation gives. Throws `TqError` (exit 2). */
export function chooseTarget(choice: TargetChoice): Target {
  const { env } = choice;
  const withoutRedisCli = env["PATH"] !== undefined && !hasProgram(["redis-cli"], { env });
  return { ...choose(choice), withoutRedisCli };
}

type Choice = Omit<Target, "withoutRedisCli">;

function choose({ redisUrl, db, env, started }: TargetChoice): Choice {
  const fromUrl = (text: string, why: string): Choice => {
    const { connection, shown } = parseRedisUrl(text, why);
    return { connection: withDb(connection, db), url: shown, why, note: null };
  };
  if (redisUrl !== undefined) return fromUrl(redisUrl, "--redis-url");
  if (env["TQ_REDIS_URL"]) return fromUrl(env["TQ_REDIS_URL"], "TQ_REDIS_URL");
  if (env["REDIS_IP"]) {
    const host = readHost(env["REDIS_IP"].trim());
    const target = at(host, 6379, "REDIS_IP", db);
    const note = started ? `REDIS_IP=${host} takes precedence over the Redis that tq started` : null;
    return { ...target, note };
  }
  if (started) {
    const target = at("127.0.0.1", started.port, `started by tq redis up as "${started.name}"`, db);
    if (started.password !== null) target.connection.password = started.password;
    return target;
  }
  return at("127.0.0.1", 6379, "the default", db);
}

function at(host: string, port: number, why: string, db: number | undefined): Choice {
  return {
    connection: withDb({ host, port }, db),
    url: `redis://${showHost(host)}:${port}`,
    why,
    note: null,
  };
}

/** `--db` wins over the url's path, which wins over 1; a cluster has only 0. */
function withDb(connection: ConnectionOptions, db: number | undefined): ConnectionOptions & { db: number } {
  if (!connection.cluster) return { ...connection, db: db ?? connection.db ?? DEFAULT_DB };
  if (db !== undefined && db !== 0) {
    throw new TqError(`--db ${db}: a Redis cluster has only database 0`, {
      code: "cluster-db",
      exitCode: 2,
      hint: "Leave --db out.",
    });
  }
  return { ...connection, db: 0 };
}

/** What is wrong is not repeated: a password may stand in it. */
function readHost(text: string): string {
  if (/^[\w.-]+$/.test(text)) return text;
  const address = /^\[?([0-9a-f:]*:[0-9a-f:.]+)\]?$/i.exec(text)?.[1];
  if (address !== undefined) return address;
  throw new TqError("REDIS_IP is not the name or address of a host; its port is always 6379", {
    code: "bad-redis-ip",
    exitCode: 2,
    hint: "For another port, a user and password, or a url:\n  unset REDIS_IP, and set TQ_REDIS_URL=redis://user:password@host:port",
  });
}
