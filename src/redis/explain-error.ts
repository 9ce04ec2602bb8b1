import { TqError } from "../errors.js";
import { type Rule } from "./error-rule.js";
import { SOCKET_RULES } from "./socket-rules.js";
import { redisCliFor, type Target } from "./target.js";
import { namesOfCertificate, TLS_RULES } from "./tls-rules.js";
import { TOPOLOGY_RULES } from "./topology-rules.js";

const START = "Start one:            tq redis up\nUse another:          --redis-url redis://host:port";

/** From the most particular to the most general; the first that matches explains. */
const RULES: Rule[] = [
  ...TOPOLOGY_RULES,
  ...SOCKET_RULES,
  {
    when: /ECONNREFUSED|ENOENT/,
    explain: (target) => ({
      code: "redis-unreachable",
      says: "does not answer: the connection was refused",
      hint: target.why.startsWith("started by")
        ? "It has stopped. See:  tq redis status\nStart it again:       tq redis up"
        : START,
    }),
  },
  {
    when: /ENOTFOUND|EAI_AGAIN/,
    explain: ({ connection }) => ({
      code: "redis-host-unknown",
      says: `cannot be found: no address is known for the name "${connection.host ?? ""}"`,
      hint: "Check the spelling. The name of a Compose service is known inside its containers only; from the host use 127.0.0.1.",
    }),
  },
  ...TLS_RULES,
  {
    when: /ESILENT/,
    explain: () => ({
      code: "redis-silent",
      says: "has not answered for 10 s, though the connection is open",
      hint: "Something on the way (a firewall, a VPN, a proxy) lets nothing through, or that Redis stands still.",
    }),
  },
  {
    when: /ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN/,
    explain: () => ({
      code: "redis-no-route",
      says: "cannot be reached: nothing at that address answers",
      hint: `Check the address and the network (firewall, VPN).\n${START}`,
    }),
  },
  {
    when: /Protocol error, got/,
    explain: () => ({
      code: "not-redis",
      says: "is not a Redis: another program answers there",
      hint: "See who it is:        ss -ltnp   (macOS: lsof -nP -iTCP -sTCP:LISTEN)\nUse another address:  --redis-url redis://host:port",
    }),
  },
  {
    when: /NOAUTH|Authentication required/,
    explain: () => ({
      code: "redis-password",
      says: "wants a password",
      hint: "Put it in the url:    TQ_REDIS_URL=redis://:password@host:port",
    }),
  },
  {
    when: /WRONGPASS|invalid password|invalid username-password/,
    explain: () => ({
      code: "redis-password",
      says: "refuses the user or password",
      hint: "Check the url: in a password @ is written %40, / %2F, # %23, ? %3F, % %25 and : %3A.",
    }),
  },
  {
    when: /without any password configured|no password is set/,
    explain: () => ({
      code: "redis-password",
      says: "has no password, and one was given",
      hint: "Leave the password out of the url.",
    }),
  },
  {
    when: /NOPERM/,
    explain: (_, seen) => ({
      code: "redis-permission",
      says: `does not allow this user that command: ${seen}`,
      hint: "Ask its owner for the permission, or use another user in the url.",
    }),
  },
  {
    when: /DENIED/,
    explain: () => ({
      code: "redis-protected",
      says: "is in protected mode and takes connections from its own machine only",
      hint: "On that machine set a password:  redis-cli CONFIG SET requirepass <password>",
    }),
  },
  {
    when: /SELECT is not allowed|MOVED|ASK |CLUSTERDOWN|CROSSSLOT|slots cache/,
    explain: ({ url }, seen) => ({
      code: "redis-cluster",
      says: `is a node of a cluster: ${seen}`,
      hint: `Use the cluster:      --redis-url ${url.replace(/^[^:]*:/, "redis+cluster:")}`,
    }),
  },
  {
    when: /DB index is out of range/,
    explain: (target) => ({
      code: "no-such-db",
      exitCode: 2,
      says: `has no database ${target.connection.db}`,
      hint: `A Redis has the databases 0 to 15 unless it is set up otherwise:  ${redisCliFor({ ...target, connection: { ...target.connection, db: 0 } }, "CONFIG", "GET", "databases")}`,
    }),
  },
  {
    when: /READONLY/,
    explain: (target) => ({
      code: "redis-replica",
      says: "is a replica and refuses to write",
      hint: `Use its master:       ${redisCliFor(target, "INFO", "replication")}   shows master_host and master_port`,
    }),
  },
  {
    when: /LOADING/,
    explain: (target) => ({
      code: "redis-loading",
      says: "is still loading its data",
      hint: `Wait a moment and try again.  ${redisCliFor(target, "INFO", "persistence")}   shows how far it is`,
    }),
  },
  {
    when: /MISCONF/,
    explain: () => ({
      code: "redis-cannot-save",
      says: "cannot save its data and therefore refuses to write",
      hint: "Its log says why (disk full, folder not writable):  tq redis logs",
    }),
  },
  {
    when: /OOM/,
    explain: (target) => ({
      code: "redis-full",
      says: "has used up its memory and takes no more",
      hint: `See:  ${redisCliFor(target, "INFO", "memory")}   (maxmemory).  Consume or clear queues, or give it more.`,
    }),
  },
  {
    when: /Connection is closed|ECONNRESET|EPIPE|connection close/,
    explain: () => ({
      code: "redis-connection-lost",
      says: "closed the connection",
      hint: "Is it up?             tq redis status\nDoes it want TLS?     --redis-url rediss://host:port",
    }),
  },
];

/** The same failure as a person at a terminal needs it; what is not known keeps Redis' own words. */
export function explainRedisError(error: unknown, target: Target): TqError {
  const seen = describe(error);
  const { code, says, hint, exitCode } = RULES.find(
    ({ when, applies }) => when.test(seen) && (applies?.(target) ?? true),
  )?.explain(target, seen) ?? {
    code: "redis-error",
    says: `answered: ${seen}`,
    hint: "The whole error:  the same command with --debug",
    exitCode: undefined,
  };
  return new TqError(`Redis at ${target.url} (${target.why}) ${says}`, {
    code,
    exitCode: exitCode ?? 3,
    hint,
    cause: error,
  });
}

/** Code and message; of several attempts (IPv6, then IPv4) those of the first. */
function describe(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return describe(error.errors[0]);
  if (!(error instanceof Error)) return String(error);
  const code = (error as NodeJS.ErrnoException).code ?? "";
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") return `${code} ${namesOfCertificate(error)}`;
  return error.message.includes(code) ? error.message : `${code} ${error.message}`;
}
