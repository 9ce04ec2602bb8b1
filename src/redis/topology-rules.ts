import { type Rule } from "./error-rule.js";
import { shellCommand, shellWord } from "../text/shell-word.js";
import { showHost } from "./url/hosts.js";
import { redisCliFor, type Target } from "./target.js";

const isSentinel = ({ connection }: Target) => connection.sentinel !== undefined;
const isCluster = ({ connection }: Target) => connection.cluster !== undefined;

/** What goes wrong on the way through sentinels, and within a cluster; the first that matches explains. */
export const TOPOLOGY_RULES: Rule[] = [
  {
    when: /No such master|All sentinels are unreachable(?!.*Last error)/,
    applies: isSentinel,
    explain: (target) => ({
      code: "redis-sentinel-master",
      says: `was not found: its sentinels know no master "${target.connection.sentinel?.master ?? ""}"`,
      hint: `See which they know:  ${sentinelCli(target, "SENTINEL", "MASTERS")}`,
    }),
  },
  {
    when: /All sentinels are unreachable/,
    applies: isSentinel,
    explain: (target, seen) => ({
      code: "redis-sentinel",
      says: `was not found: none of its sentinels answers (${lastError(seen)})`,
      hint: `Check their addresses:  ${sentinelCli(target, "PING")}`,
    }),
  },
  {
    when: /ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH/,
    applies: isSentinel,
    explain: (target, seen) => ({
      code: "redis-sentinel-failover",
      says: `is down: the master that its sentinels name does not answer (${seen})`,
      hint: [
        "They put a replica in its place once enough of them agree that it is down; then try again.",
        `Are they enough?     ${sentinelCli(target, "SENTINEL", "CKQUORUM", target.connection.sentinel?.master ?? "")}`,
      ].join("\n"),
    }),
  },
  {
    when: /CLUSTERDOWN/,
    applies: isCluster,
    explain: (target) => ({
      code: "redis-cluster-down",
      says: "is down: it has lost the master of some of its slots, or most of its masters",
      hint: [
        "A replica takes the place of a lost master after cluster-node-timeout; then try again.",
        `See which are lost:  ${redisCliFor(target, "CLUSTER", "NODES")}`,
      ].join("\n"),
    }),
  },
  {
    when: /ECONNREFUSED|slots cache|startup nodes/,
    applies: isCluster,
    explain: () => ({
      code: "redis-unreachable",
      says: "cannot be reached: none of its nodes answers that this url names",
      hint: "Name several nodes:  redis+cluster://host:port,host:port",
    }),
  },
  {
    when: /Connection is closed|Too many Cluster redirections|Cluster is ended/,
    applies: isCluster,
    explain: (target, seen) => ({
      code: "redis-connection-lost",
      says: `has lost the node that keeps this queue (${seen})`,
      hint: [
        "A replica takes the place of a lost master after cluster-node-timeout; then try again.",
        `See which are lost:  ${redisCliFor(target, "CLUSTER", "NODES")}`,
      ].join("\n"),
    }),
  },
  {
    when: /cluster support disabled/,
    applies: isCluster,
    explain: ({ url }) => ({
      code: "not-a-cluster",
      says: "is not a cluster",
      hint: `Use it as it is:     --redis-url ${shellWord(url.replace("redis+cluster:", "redis:").replace(/,.*/, ""))}`,
    }),
  },
  {
    when: /NOREPLICAS/,
    explain: (target) => ({
      code: "redis-replicas",
      says: "refuses to write while it has fewer replicas in step than it is set up to want",
      hint: `See its replicas:     ${redisCliFor(target, "INFO", "replication")}`,
    }),
  },
];

/** A redis-cli command for the first sentinel. */
function sentinelCli({ connection, withoutRedisCli }: Target, ...words: readonly string[]): string {
  const { host = "127.0.0.1", port = 26379 } = connection.sentinel?.addresses[0] ?? {};
  return withoutRedisCli
    ? shellCommand(
        "tq",
        "redis",
        "cli",
        "--redis-url",
        `redis://${showHost(host)}:${port}`,
        "--db",
        "0",
        ...words,
      )
    : shellCommand("redis-cli", "-h", host, "-p", String(port), ...words);
}

function lastError(seen: string): string {
  return /Last error: (.*)/.exec(seen)?.[1] ?? seen;
}
