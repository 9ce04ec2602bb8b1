import { type Judgement, notYet, passed, type Place } from "../../../src/course/authoring.js";
import { type Manifests, type Workload } from "../../../src/subjects/kubernetes/probe.js";
import { at, judgeFindings, showLine } from "./line.js";

const EXPECTED = "a PersistentVolumeClaim, mounted at /data in the container of Redis";

/** 8.5: what Redis saves outlives its pod. */
export function judgeClaim({ workloads, findings }: Manifests, place: Place): Judgement {
  const redis = workloads.find(({ part }) => part === "redis");
  const fault = judgeFindings(
    findings.filter(({ part }) => part === "claim"),
    EXPECTED,
    place,
  );
  const [claim] = redis?.claims.values() ?? [];
  if (fault) return fault;
  return redis && !claim
    ? explainLack(redis, place)
    : passed(`the claim ${claim?.claim ?? ""} keeps what Redis saves in /data`);
}

function explainLack({ manifest, containers, podPath, volumes }: Workload, place: Place): Judgement {
  const [mount] = containers.flatMap(({ mounts }) => mounts);
  const path = mount && volumes.has(mount.volume) ? [...podPath, "spec", "volumes"] : [...podPath, "spec"];
  const line = manifest.at(path);
  return notYet({
    expected: EXPECTED,
    observed: at(line),
    probe: showLine(line, place),
    cause: mount
      ? "this volume is no claim: what is in it goes with the pod, or stays on one machine of the cluster"
      : `the pod of ${manifest.name} has no claim: what Redis saves goes with the container`,
    next: "write a PersistentVolumeClaim; in the pod, volumes: with persistentVolumeClaim: {claimName: …}; in the container, volumeMounts: with mountPath: /data",
    mistake: mount ? "volume-not-a-claim" : "no-claim",
  });
}
