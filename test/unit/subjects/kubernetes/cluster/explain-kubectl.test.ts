import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { explainKubectl, lastLine } from "../../../../../src/subjects/kubernetes/cluster/explain-kubectl.js";

const data = new URL("../../../../data/kubectl", import.meta.url).pathname;
const VERSIONS = ["1.20", "1.34"];

/** Whose doing each is; null: what kubectl was given. */
const CODES: Readonly<Record<string, string | null>> = {
  "no-configuration": "no-context",
  "no-configuration-get": "no-context",
  "unknown-context": "no-context",
  "refused-address": "cluster-unreachable",
  "refused-plain": "cluster-unreachable",
  "other-port": "cluster-unreachable",
  "no-answer": "cluster-unreachable",
  "no-handshake": "cluster-unreachable",
  "unknown-host": "cluster-unreachable",
  "expired-server-certificate": "bad-certificate",
  "unknown-authority": "bad-certificate",
  "wrong-token": "no-credentials",
  "no-user": "no-credentials",
  "login-program-missing": "no-credentials",
  "login-program-fails": "no-credentials",
  "forbidden-list": "no-permission",
  "forbidden-own-list": "no-permission",
  "forbidden-namespace": "no-permission",
  "forbidden-apply": "no-permission",
  "namespace-terminating": "namespace-stuck",
  quota: "quota",
  "must-specify": "quota",
  "limit-range": "quota",
  "pod-security": "pod-security",
  "node-port-taken": "port-taken",
  ...given("no-namespace", "not-found", "already-exists", "unknown-kind"),
  ...given("invalid-one", "invalid-several", "invalid-applied"),
  ...given("exec-no-pod", "exec-no-python", "exec-python-fails", "exec-not-running"),
};

function given(...names: string[]): Record<string, null> {
  return Object.fromEntries(names.map((name) => [name, null]));
}

it.each(VERSIONS)("knows all that was kept of kubectl %s", (version) => {
  const names = readdirSync(join(data, version)).map((file) => file.replace(/\.txt$/, ""));
  expect(names.sort()).toEqual(Object.keys(CODES).sort());
});

it.each(
  VERSIONS.flatMap((version) => Object.entries(CODES).map(([name, code]) => [version, name, code] as const)),
)("kubectl %s: %s is %s", (version, name, code) => {
  const text = readFileSync(join(data, version, `${name}.txt`), "utf8");
  const error = explainKubectl(text, "lesson");
  expect(error?.code ?? null).toBe(code);
  if (!error) return;
  expect(error.exitCode).toBe(3);
  // It ends with what kubectl came to, and not with its log or its advice.
  expect(error.message).toMatch(/: (?:error|Error|Unable|The |from server|E?OF)/);
  expect(error.message).not.toMatch(/memcache\.go|https:\/\/kubernetes\.io/);
});

it("does not take what a program printed in a pod for the cluster's words", () => {
  const refused = "redis.exceptions.ConnectionError: connection refused\ncommand terminated with exit code 1";
  expect(explainKubectl(refused, "lesson")).toBeNull();
});

it("passes over log entries of several lines", () => {
  expect(
    lastLine('error: no\nE1127 03:11:18.4 1 memcache.go:265] "Unhandled Error" err=<\n\tone\n\ttwo\n >\n'),
  ).toBe("error: no");
});
