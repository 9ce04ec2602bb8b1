import { expect, it } from "vitest";
import { judgePods, judgeRemoval } from "../../../../../exercises/08-kubernetes/rules/index.js";
import { explainKubectl } from "../../../../../src/subjects/kubernetes/cluster/explain-kubectl.js";
import { type Readiness, readReadiness } from "../../../../../src/subjects/kubernetes/cluster/readiness.js";
import { readReasons } from "../../../../../src/subjects/kubernetes/cluster/removal.js";
import { judgeFiles } from "../../../../../src/subjects/kubernetes/manifests/manifests.js";
import { readManifestFiles } from "../../../../../src/subjects/kubernetes/manifests/manifest-files.js";
import {
  claim,
  event,
  pod,
  READY,
  unscheduled,
  waiting,
} from "../../../../support/kubernetes/cluster-objects.js";

const solution = new URL("../../../../../exercises/08-kubernetes/solution", import.meta.url).pathname;
const answer = await judgeFiles(await readManifestFiles(solution));
const labels = { app: "redis", "pod-template-hash": "66b6c48dd5" };
const applied = { ok: true as const, objects: [], notes: [], leftOut: [] };

/** Redis' part of the answer, where the cluster shows these. */
function read(objects: readonly object[]): Readiness[] {
  const redis = answer.workloads.filter(({ part }) => part === "redis");
  return redis.map((workload) => readReadiness(objects, workload, 1));
}

const NAME = "redis-66b6c48dd5-8kx2p";
const pulled = (why: string): object => event(NAME, "Failed", `Failed to pull image "redis:7": ${why}`);
const refusedClaim = (why: string): object => event("redis-data", "ProvisioningFailed", why);
const crash = (restartCount: number, terminated: object): object =>
  waiting("CrashLoopBackOff", "back-off 40s restarting failed container", {
    restartCount,
    lastState: { terminated },
  });

it.each<[string, object, object[], "passed" | "blocked" | "not-yet", RegExp, string?]>([
  ["ready", READY, [], "passed", /redis 1\/1/],
  [
    "an image that nobody has",
    waiting("ImagePullBackOff", 'Back-off pulling image "redis:7"'),
    [
      pulled(
        'rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/redis:7": docker.io/library/redis:7: not found',
      ),
    ],
    "not-yet",
    /there is no image/,
  ],
  [
    "an image that is not public",
    waiting(
      "ErrImagePull",
      "pull access denied for me/jobs, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
    ),
    [],
    "not-yet",
    /not public/,
  ],
  [
    "a registry without a name",
    waiting(
      "ErrImagePull",
      'failed to pull image "redis:7": dial tcp: lookup registry-1.docker.io on 10.96.0.10:53: no such host',
    ),
    [],
    "blocked",
    /registry was not reached/,
  ],
  [
    "a registry that is slow",
    waiting("ImagePullBackOff"),
    [
      pulled(
        'Head "https://registry-1.docker.io/v2/library/redis/manifests/7": dial tcp 3.1.2.3:443: i/o timeout',
      ),
    ],
    "blocked",
    /i\/o timeout/,
  ],
  [
    "a registry that has had enough",
    waiting("ErrImagePull", "failed to pull: toomanyrequests: You have reached your pull rate limit"),
    [],
    "blocked",
    /toomanyrequests/,
  ],
  [
    "an image that could not be fetched, and nobody says why",
    waiting("ImagePullBackOff", 'Back-off pulling image "redis:7"'),
    [],
    "blocked",
    /could not be fetched yet/,
  ],
  [
    "a name that is none",
    waiting("InvalidImageName", "couldn't parse image reference"),
    [],
    "not-yet",
    /cannot be the name/,
  ],
  [
    "an image that must not be fetched",
    waiting("ErrImageNeverPull"),
    [],
    "not-yet",
    /imagePullPolicy: Never/,
  ],
  [
    "a program that fails again and again",
    crash(4, { exitCode: 1, reason: "Error" }),
    [],
    "not-yet",
    /exit code 1/,
  ],
  [
    "a program that ends at once",
    crash(1, { exitCode: 0, reason: "Completed" }),
    [],
    "not-yet",
    /exit code 0/,
  ],
  ["a program that eats too much", crash(1, { exitCode: 137, reason: "OOMKilled" }), [], "not-yet", /memory/],
  [
    "a command that is none",
    waiting("RunContainerError", 'exec: "redis-serve": executable file not found in $PATH'),
    [],
    "not-yet",
    /redis-serve/,
  ],
  [
    "a ConfigMap that is not there",
    waiting("CreateContainerConfigError", 'configmap "settings" not found'),
    [],
    "not-yet",
    /settings/,
  ],
  [
    "no room",
    unscheduled("0/1 nodes are available: 1 Insufficient memory. preemption: 0/1 nodes are available"),
    [],
    "blocked",
    /Insufficient memory/,
  ],
  [
    "a claim that is not there",
    unscheduled('persistentvolumeclaim "redis-data" not found'),
    [],
    "not-yet",
    /a claim redis-data/,
  ],
  [
    "a cluster without storage",
    unscheduled("0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims."),
    [
      claim("redis-data", "Pending"),
      refusedClaim("no persistent volumes available for this claim and no storage class is set"),
    ],
    "blocked",
    /no storage to give/,
  ],
  [
    "a claim that is bound a moment later",
    unscheduled("0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims."),
    [claim("redis-data", "Pending")],
    "blocked",
    /is not bound yet/,
  ],
  [
    "a class of storage that is not there",
    unscheduled("0/1 nodes are available: pod has unbound immediate PersistentVolumeClaims."),
    [
      claim("redis-data", "Pending", "manual"),
      refusedClaim('storageclass.storage.k8s.io "manual" not found'),
    ],
    "not-yet",
    /class manual/,
  ],
  [
    "a probe that fails",
    waiting("", "", { state: { running: {} } }),
    [event(NAME, "Unhealthy", "Readiness probe failed: dial tcp 10.244.0.7:6380: connection refused")],
    "not-yet",
    /Readiness probe/,
  ],
  [
    "a volume that does not come",
    waiting("ContainerCreating"),
    [event(NAME, "FailedMount", "Unable to attach or mount volumes: timed out")],
    "blocked",
    /FailedMount/,
  ],
  [
    "a pod that was thrown out",
    { phase: "Failed", reason: "Evicted", message: "The node was low on resource: ephemeral-storage." },
    [],
    "blocked",
    /Evicted/,
  ],
])("8.8 judges %s", (_, status, around, verdict, observed) => {
  const judgement = judgePods(read([pod(NAME, labels, status), ...around]), applied);
  expect(judgement.verdict).toBe(verdict);
  expect(judgement.observed).toMatch(observed);
});

it("8.8 tells a quota from a cluster that has not begun, and leaves out pods that go", () => {
  const message =
    'pods "redis-66b6c48dd5-" is forbidden: exceeded quota: compute, requested: pods=1, used: pods=4, limited: pods=4';
  const status = {
    conditions: [{ type: "ReplicaFailure", status: "True", reason: "FailedCreate", message }],
  };
  const replicaSet = {
    apiVersion: "apps/v1",
    kind: "ReplicaSet",
    metadata: { name: "redis-66b6c48dd5" },
    status,
  };
  expect(judgePods(read([replicaSet]), applied)).toMatchObject({
    verdict: "blocked",
    observed: expect.stringContaining("exceeded quota") as string,
  });
  expect(judgePods(read([]), applied)).toMatchObject({
    verdict: "blocked",
    observed: expect.stringContaining("no pods yet") as string,
  });
  const going = {
    ...pod(NAME, labels, READY),
    metadata: { name: NAME, labels, deletionTimestamp: "2026-01-01T00:00:00Z" },
  };
  expect(read([going, pod("other", { app: "other" }, READY)])[0]?.pods).toEqual([]);
});

it("8.11 says what holds a namespace", () => {
  const message =
    "Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instances";
  const conditions = [
    {
      type: "NamespaceDeletionDiscoveryFailure",
      status: "False",
      message: "All resources successfully discovered",
    },
    { type: "NamespaceFinalizersRemaining", status: "True", reason: "SomeFinalizersRemain", message },
  ];
  const reasons = readReasons({
    kind: "Namespace",
    spec: { finalizers: ["kubernetes"] },
    status: { phase: "Terminating", conditions },
  });
  expect(judgeRemoval({ namespace: "tq-1", gone: false, reasons, held: [] })).toMatchObject({
    verdict: "blocked",
    observed: expect.stringContaining(message) as string,
  });
  expect(readReasons({ spec: { finalizers: ["kubernetes"] }, status: { phase: "Terminating" } })).toEqual([
    "it is Terminating, held by kubernetes",
  ]);
  expect(judgeRemoval({ namespace: "tq-1", gone: true, reasons: [], held: [] }).verdict).toBe("passed");
});

it.each([
  ["error: current-context is not set", "no-context"],
  [
    "The connection to the server localhost:8080 was refused - did you specify the right host or port?",
    "no-context",
  ],
  [
    "The connection to the server 127.0.0.1:6443 was refused - did you specify the right host or port?",
    "cluster-unreachable",
  ],
  ["Unable to connect to the server: dial tcp: lookup k8s.example: no such host", "cluster-unreachable"],
  ["Unable to connect to the server: x509: certificate signed by unknown authority", "bad-certificate"],
  ["error: You must be logged in to the server (Unauthorized)", "no-credentials"],
  [
    'Error from server (Forbidden): error when creating "STDIN": namespaces is forbidden: User "ada" cannot create resource "namespaces" in API group "" at the cluster scope',
    "no-permission",
  ],
  [
    'Error from server (Forbidden): error when creating "STDIN": services "x" is forbidden: exceeded quota: objects',
    "quota",
  ],
  [
    'Error from server (Forbidden): error when creating "STDIN": deployments.apps "x" is forbidden: unable to create new content in namespace tq-1 because it is being terminated',
    "namespace-stuck",
  ],
  [
    'The Deployment "redis" is invalid: spec.template.metadata.labels: Invalid value: map[string]string{"app":"redis"}: `selector` does not match template `labels`',
    undefined,
  ],
  [
    'Error from server (BadRequest): error when creating "STDIN": Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: unknown field "spec.replica"',
    undefined,
  ],
])("kubectl's %j is %s", (stderr, code) => {
  const noise = `E1124 19:44:21.708841    9246 memcache.go:265] "Unhandled Error" err="…"\n${stderr}`;
  const error = explainKubectl(noise, "kind-kind");
  expect(error?.code).toBe(code);
  if (error) expect([error.exitCode, error.message.includes("memcache")]).toEqual([3, false]);
});
