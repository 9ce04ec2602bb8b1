import { describe, expect, it } from "vitest";
import {
  judgeClaim,
  judgeReading,
  judgeRedis,
  judgeService,
} from "../../../../exercises/08-kubernetes/rules/index.js";
import { prepareObjects } from "../../../../src/subjects/kubernetes/cluster/prepare-objects.js";
import { type Manifests, judgeFiles } from "../../../../src/subjects/kubernetes/manifests/manifests.js";
import { readManifestFiles } from "../../../../src/subjects/kubernetes/manifests/manifest-files.js";
import { findRunningRedis } from "../../../../src/subjects/kubernetes/running-redis.js";
import { findViolations } from "../../../../src/subjects/kubernetes/schema/violations.js";
import { SCHEMAS } from "../../../../src/subjects/kubernetes/schema/schemas.js";
import { type Place } from "../../../../src/course/authoring.js";
import {
  owned,
  runningClaim,
  runningConfig,
  runningDaemonSet,
  runningDeployment,
  runningPod,
  runningService,
  runningWith,
  runningWithoutClaim,
} from "../../../support/kubernetes/running-objects.js";

const solution = new URL("../../../../exercises/08-kubernetes/solution", import.meta.url).pathname;
const files = await readManifestFiles(solution);
const place = { folder: ".", file: (path: string) => path, tq: (text: string) => `tq ${text}` } as Place;

/** The solution without this file, on a cluster whose namespace `mine` holds these. */
function judge(
  objects: readonly object[],
  without = "redis.yml",
  change?: [string, string],
): Promise<Manifests> {
  const own = files
    .filter(({ path }) => path !== without)
    .map((file) => ({ ...file, text: change ? file.text.replaceAll(...change) : file.text }));
  return judgeFiles(own, (namespace) =>
    Promise.resolve({
      context: "kind-lesson",
      namespace: namespace ?? "mine",
      silence: null,
      ...findRunningRedis(objects, namespace ?? "mine", namespace),
    }),
  );
}

const WHOLE = [runningDeployment(), runningService(), runningClaim(), runningPod("redis-66b6c48dd5")];

describe("a Redis that runs in the student's namespace", () => {
  it("counts where no file describes one", async () => {
    const all = await judge(WHOLE);
    expect(all.findings).toEqual([]);
    expect(judgeReading(all, place).observed).toBe("3 × Deployment, Service, in 3 files");
    expect(judgeRedis(all, place)).toMatchObject({
      verdict: "passed",
      observed:
        "Deployment redis runs redis:7 in the namespace mine of kind-lesson already; no file here describes one, so that one counts",
    });
    expect(judgeService(all, place).observed).toBe(
      "the Service redis-db leads port 6379 to the pods of redis",
    );
    expect(judgeClaim(all, place).observed).toBe("the claim redis-data keeps what Redis saves in /data");
  });

  it("is copied without what the cluster has chosen for it", async () => {
    const all = await judge(WHOLE);
    const { list, objects } = prepareObjects(all, "tq-1", "mine");
    expect(objects.slice(-3)).toEqual([
      "Deployment redis",
      "Service redis-db",
      "PersistentVolumeClaim redis-data",
    ]);
    const text = JSON.stringify(list);
    expect(text).not.toMatch(
      /"mine"|clusterIP|volumeName|serviceAccount|uid|resourceVersion|annotations|status"/,
    );
    for (const { content, apiVersion, kind } of all.manifests) {
      const schema = SCHEMAS[`${apiVersion} ${kind}`];
      expect(schema && findViolations(content, schema)).toEqual([]);
    }
  });

  it("is not looked for where a file describes one, or cannot be read, or there is none", async () => {
    const asked: (string | null)[] = [];
    const look = (namespace: string | null): Promise<null> => {
      asked.push(namespace);
      return Promise.resolve(null);
    };
    await judgeFiles(files, look);
    await judgeFiles([], look);
    const unreadable = { path: "redis.yml", text: "apiVersion: v1\nkind: [", unreadable: null };
    await judgeFiles([...files.filter(({ path }) => path !== "redis.yml"), unreadable], look);
    expect(asked).toEqual([]);
    const debug = files.filter(({ path }) => path === "debug.yml");
    await judgeFiles(debug, look);
    const inSpace = debug.map((file) => ({
      ...file,
      text: file.text.replace("metadata:", "metadata:\n  namespace: jobs"),
    }));
    await judgeFiles(inSpace, look);
    expect(asked).toEqual([null, "jobs"]);
  });

  it.each<[string, object[], (all: Manifests, place: Place) => object, object]>([
    [
      "that is not ready",
      [runningDeployment(0), runningService()],
      judgeRedis,
      {
        verdict: "not-yet",
        mistake: "no-redis",
        observed:
          "no Redis among: Deployment jobs-api, Deployment python-debug, Deployment jobs-worker; in the namespace mine of kind-lesson Deployment redis, with no pod ready",
        next: expect.stringMatching(/^kubectl describe pods --namespace mine /) as string,
      },
    ],
    [
      "that is not there",
      [],
      judgeRedis,
      {
        verdict: "not-yet",
        mistake: "no-redis",
        observed: expect.stringContaining("nor is one ready in the namespace mine of kind-lesson") as string,
        probe: "grep -rn image: .   and: kubectl get pods --namespace mine",
      },
    ],
    ["on each machine", [runningDaemonSet()], judgeRedis, { verdict: "passed" }],
    ["of an operator's", [owned(runningDeployment())], judgeRedis, { verdict: "passed" }],
    [
      "that follows another",
      [runningWith({ command: ["redis-server", "--replicaof", "10.1.0.5", "6379"] })],
      judgeRedis,
      { verdict: "not-yet", mistake: "no-redis" },
    ],
    [
      "that is only a pod of something else",
      [runningPod("redis-66b6c48dd5")],
      judgeRedis,
      { verdict: "not-yet", mistake: "no-redis" },
    ],
    ["that is a pod of its own", [runningPod()], judgeRedis, { verdict: "passed" }],
    [
      "three times",
      [runningDeployment(3, 3)],
      judgeRedis,
      {
        verdict: "not-yet",
        mistake: "redis-replicas",
        observed: "Deployment redis in the namespace mine: replicas: 3",
        probe: "kubectl get deployment redis --namespace mine --output yaml",
      },
    ],
    [
      "without a Service",
      [runningDeployment(), runningClaim()],
      judgeService,
      { verdict: "not-yet", mistake: "no-service" },
    ],
    [
      "without a claim",
      [runningWithoutClaim(), runningService()],
      judgeClaim,
      {
        verdict: "not-yet",
        mistake: "volume-not-a-claim",
        observed: "Deployment redis in the namespace mine: volumes:",
        probe: "kubectl get deployment redis --namespace mine --output yaml",
      },
    ],
  ])("%s", async (_, objects, rule, expected) => {
    expect(rule(await judge(objects), place)).toMatchObject(expected);
  });

  it("comes with the settings that it names, and without its account's token", async () => {
    const named = [
      runningWith({ envFrom: [{ configMapRef: { name: "redis-env" } }] }),
      ...["redis-env", "other"].map(runningConfig),
    ];
    const { running } = await judge(named);
    expect(running?.manifests.map(({ name }) => name)).toEqual(["redis", "redis-env"]);
    const pod = runningPod(undefined, (mount) => [
      { name: "first", image: "busybox", volumeMounts: [mount] },
    ]);
    const [alone] = (await judge([pod])).running?.manifests ?? [];
    expect(JSON.stringify(alone?.content)).not.toContain("kube-api-access");
    expect(alone?.content).toHaveProperty("spec.initContainers.0.name", "first");
  });

  it("is not taken for missing where the cluster does not say", async () => {
    const own = files.filter(({ path }) => path !== "redis.yml");
    const silence = "you have no permission for that on this cluster";
    const all = await judgeFiles(own, () =>
      Promise.resolve({ context: "", namespace: "", silence, manifests: [], notReady: [] }),
    );
    expect(judgeRedis(all, place)).toMatchObject({
      observed: `no Redis among: Deployment jobs-api, Deployment python-debug, Deployment jobs-worker; whether one runs in your namespace is not known: ${silence}`,
      probe: "grep -rn image: .",
    });
  });

  it("leaves alone what does not belong to it", async () => {
    const strangers = [runningService("other", { app: "other" }), runningClaim("other-data")];
    const all = await judge([...strangers, ...WHOLE]);
    expect(all.running?.manifests.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      "Deployment redis",
      "Service redis-db",
      "PersistentVolumeClaim redis-data",
    ]);
  });
});
