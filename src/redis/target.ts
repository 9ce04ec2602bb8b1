import { TqError } from "../errors.js";
import { type ConnectionOptions } from "../queue/connect.js";
import { shellCommand } from "../text/shell-word.js";
import { hasProgram } from "../has-program.js";
import { parseRedisUrl } from "./url.js";

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
 * would need a password, or knows no sentinels), tq does.
 */
export function redisCliFor(target: Target, ...words: readonly string[]): string {
  const { url, why, connection } = target;
  const { host, port, db, tls, password, sentinel, cluster } = connection;
  if (target.withoutRedisCli || sentinel || password !== undefined) {
    const chosen = why === "--redis-url" ? ["--redis-url", url] : [];
    return shellCommand("tq", "redis", "cli", ...chosen, ...(cluster ? [] : ["--db", String(db)]), ...words);
  }
  if (cluster) {
    const first = url.split(",")[0]?.replace("redis+cluster", "redis") ?? "";
    return shellCommand("redis-cli", "-c", "-u", first, ...words);
  }
  const at =
    host === "127.0.0.1" && !tls
      ? [...(port === 6379 ? [] : ["-p", String(port)]), "-n", String(db)]
      : ["-u", `${url}/${db}`];
  return shellCommand("redis-cli", ...at, ...words);
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
    const host = env["REDIS_IP"].trim();
    const target = at(checkHost(host), 6379, "REDIS_IP", db);
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
  const shownHost = host.includes(":") ? `[${host}]` : host;
  return { connection: withDb({ host, port }, db), url: `redis://${shownHost}:${port}`, why, note: null };
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

function checkHost(host: string): string {
  if (/^[\w.-]+$/.test(host) || /^[0-9a-fA-F:]*:[0-9a-fA-F:.]+$/.test(host)) return host;
  throw new TqError(`REDIS_IP is "${host}"; it is the name or address of a host, and the port is 6379`, {
    code: "bad-redis-ip",
    exitCode: 2,
    hint: "For another port or a url: unset REDIS_IP, and set TQ_REDIS_URL=redis://host:port",
  });
}
