import { type Judgement, notYet, passed, type Place } from "../../../src/course/authoring.js";
import { isRedisImage, type Manifests, type Workload } from "../../../src/subjects/kubernetes/probe.js";
import { at, judgeFindings, showLine } from "./line.js";

const EXPECTED = "a Deployment that runs one pod of Redis, image redis:7";

/** 8.2: Redis runs in a pod of a Deployment, or of a StatefulSet. */
export function judgeRedis({ workloads, findings, running }: Manifests, place: Place): Judgement {
  const [redis, second] = workloads.filter(({ part }) => part === "redis");
  if (!redis) {
    const found = workloads.map(({ manifest }) => `${manifest.kind} ${manifest.name}`).join(", ");
    return notYet({
      expected: EXPECTED,
      observed: `${found === "" ? "nothing that runs pods" : `no Redis among: ${found}`}${elsewhere(running)}`,
      probe: `grep -rn image: ${place.file(".")}${running?.silence === null ? `   and: kubectl get pods --namespace ${running.namespace}` : ""}`,
      next:
        running && running.notReady.length > 0
          ? `kubectl describe pods --namespace ${running.namespace}   shows why it is not ready; or write a Deployment with image: redis:7`
          : "write a Deployment whose container has image: redis:7",
      mistake: "no-redis",
    });
  }
  const fault = judgeFindings(
    findings.filter(({ part }) => part === "redis"),
    EXPECTED,
    place,
  );
  return (
    fault ??
    judgeImage(redis, place) ??
    judgeNumber(redis, place) ??
    judgeSecond(second, redis, place) ??
    tell(redis, running)
  );
}

/** What is known of the student's namespace. */
function elsewhere(running: Manifests["running"]): string {
  if (!running) return "";
  const { silence, notReady, namespace, context } = running;
  if (silence !== null) return `; whether one runs in your namespace is not known: ${silence}`;
  const there = `in the namespace ${namespace} of ${context}`;
  return notReady.length > 0
    ? `; ${there} ${notReady.join(", ")}, with no pod ready`
    : `; nor is one ready ${there}`;
}

function fail(
  { manifest }: Workload,
  path: readonly (string | number)[],
  place: Place,
  words: { cause: string; next: string; mistake: string },
): Judgement {
  const line = manifest.at(path);
  return notYet({ expected: EXPECTED, observed: at(line), probe: showLine(line, place), ...words });
}

function judgeImage(redis: Workload, place: Place): Judgement | null {
  const container = redis.containers.find(({ image }) => isRedisImage(image));
  if (!container) {
    const [first] = redis.containers;
    return fail(redis, [...(first?.path ?? []), "image"], place, {
      cause: `${first?.image ?? "it"} is not an image of Redis, as far as its name tells`,
      next: "write: image: redis:7",
      mistake: "redis-image",
    });
  }
  const [program = ""] = container.words;
  if (program !== "" && !/redis-server|valkey-server|^-|^\/|^(ba)?sh$|entrypoint/.test(program)) {
    return fail(redis, container.runs, place, {
      cause: `the container runs ${program}, and not Redis: command takes the place of what the image would start`,
      next: 'write: command: ["redis-server"]   or leave command out',
      mistake: "redis-command",
    });
  }
  if (/--bind (?:127\.0\.0\.1|localhost|::1)(?: --|$)/.test(container.words.join(" "))) {
    return fail(redis, container.runs, place, {
      cause: "with --bind 127.0.0.1 Redis hears only what is in its own pod",
      next: "write: --bind 0.0.0.0   or leave it out",
      mistake: "heard-inside-only",
    });
  }
  return null;
}

function judgeNumber(redis: Workload, place: Place): Judgement | null {
  const { replicas } = redis;
  if (replicas === 1) return null;
  return fail(redis, ["spec", "replicas"], place, {
    cause:
      replicas === 0
        ? "with replicas: 0 no pod is made"
        : `${replicas} pods would be ${replicas} separate Redis servers: what is put into one is not in the other`,
    next: "write: replicas: 1",
    mistake: "redis-replicas",
  });
}

function judgeSecond(second: Workload | undefined, first: Workload, place: Place): Judgement | null {
  if (!second) return null;
  return fail(second, ["metadata", "name"], place, {
    cause: `${first.manifest.name} runs Redis already: two servers share nothing`,
    next: "keep one of the two",
    mistake: "two-redis",
  });
}

function tell({ manifest, containers, podPath }: Workload, running: Manifests["running"]): Judgement {
  const image = containers.find((one) => isRedisImage(one.image))?.image ?? "";
  const version = /:(\d+)/.exec(image)?.[1];
  const older =
    version !== undefined && Number(version) < 7 ? " (of older material; redis:7 is what runs today)" : "";
  const bare =
    podPath.length === 0 ? "; a Pod by itself is not made again when it ends, a Deployment's is" : "";
  const latest = /^[^:]+$|:latest$/.test(image)
    ? " (name a version, such as redis:7: latest is another one next year)"
    : "";
  const there = running?.manifests.includes(manifest)
    ? ` in the namespace ${running.namespace} of ${running.context} already; no file here describes one, so that one counts`
    : "";
  return passed(`${manifest.kind} ${manifest.name} runs ${image}${there}${older}${latest}${bare}`);
}
