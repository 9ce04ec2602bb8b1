import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { readReadiness } from "../../../../../src/subjects/kubernetes/cluster/readiness.js";
import { type Workload } from "../../../../../src/subjects/kubernetes/probe.js";

const folder = new URL("../../../../data/kubectl/pods/", import.meta.url);

function troubleOf(name: string) {
  const { items } = JSON.parse(readFileSync(new URL(`${name}.json`, folder), "utf8")) as { items: object[] };
  const workload = {
    manifest: { name },
    labels: { app: name },
    podPath: ["spec", "template"],
  } as unknown as Workload;
  const { trouble, pods } = readReadiness(items, workload, 1);
  return trouble ?? pods[0]?.trouble ?? null;
}

/** Whose doing, and what is said, of what a cluster showed. */
const TOLD: Readonly<Record<string, readonly ["student" | "machine" | "suspect", RegExp]>> = {
  "no-such-image": ["student", /there is no image redis:7-nosuch/],
  "no-such-repository": ["student", /there is no image ada\/jobs-api:1\.0/],
  "early-no-image": ["student", /there is no image/],
  "capital-image": [
    "student",
    /Ada\/jobs-api:1\.0 cannot be the name of an image: repository name must be lowercase/,
  ],
  "invalid-image-name": ["student", /redis:7:2 cannot be the name of an image$/],
  "never-pull": ["student", /imagePullPolicy: Never/],
  "crash-one": ["suspect", /main ended with exit code 1, and was started \d+ times again/],
  "crash-zero": ["student", /came to its end at once \(exit code 0\)/],
  "no-terminal": ["student", /came to its end at once \(exit code 0\)/],
  "init-crash": ["suspect", /the container wait ended with exit code 3/],
  oom: ["student", /more memory than its limit/],
  "early-oom": ["student", /more memory than its limit/],
  liveness: ["suspect", /its livenessProbe fails: dial tcp .*1234: connect: connection refused/],
  "no-command": ["student", /cannot be started: exec: "pyton": executable file not found in \$PATH$/],
  "early-no-command": ["student", /cannot be started: exec: "pyton": executable file not found in \$PATH$/],
  "no-folder": [
    "student",
    /cannot be started: exec: "\.\/start\.sh": stat \.\/start\.sh: no such file or directory$/,
  ],
  "no-configmap": ["student", /cannot be configured: configmap "settings" not found/],
  "no-secret-key": ["student", /cannot be configured: couldn't find key b in Secret/],
  "run-as-root": ["student", /may not run as root/],
  "configmap-volume": ["suspect", /FailedMount: .*configmap "settings" not found/],
  "claim-missing": ["student", /waits for a claim nosuch, and there is none/],
  "claim-of-unknown-class": ["student", /wants storage of the class nosuch/],
  "claim-without-a-class": ["suspect", /storageClassName: ""/],
  "too-much-cpu": ["machine", /Insufficient cpu/],
  "too-much-memory": ["machine", /Insufficient memory/],
  "no-such-node": ["student", /nodeSelector or affinity/],
  "probe-refused": ["suspect", /Unhealthy: Readiness probe failed: dial tcp .*1234/],
  "probe-exec": ["suspect", /Unhealthy: Readiness probe failed/],
  "probe-http": ["suspect", /Unhealthy: Readiness probe failed: Get/],
  "over-quota": ["machine", /makes no pod for over-quota: .*exceeded quota: small/],
  "no-account": ["student", /serviceaccount "nosuch" not found/],
  "pod-done": ["student", /has come to its end/],
  "pod-failed": ["student", /ended with exit code 2/],
  evicted: ["student", /ephemeral-storage/],
};

it("tells of each that was kept", () => {
  const kept = readdirSync(folder).map((file) => file.replace(/\.json$/, ""));
  expect(Object.keys(TOLD).sort()).toEqual(kept.sort());
});

it.each(Object.entries(TOLD))("says what is wrong with %s", (name, [whose, says]) => {
  const trouble = troubleOf(name);
  // What is suspected is told as a student's doing where it does not mend itself.
  expect(trouble?.suspect ? "suspect" : trouble?.whose).toBe(whose);
  expect(trouble?.says).toMatch(says);
  expect(`${trouble?.says} ${trouble?.next}`).not.toMatch(/undefined|\[object|^\s*$/);
});
