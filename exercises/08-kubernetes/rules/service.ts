import { type Judgement, notYet, passed, type Place } from "../../../src/course/authoring.js";
import { type Manifests, portsOf, serviceFor } from "../../../src/subjects/kubernetes/probe.js";
import { judgeFindings } from "./line.js";

const EXPECTED = "a Service that leads port 6379 to the pod of Redis";

/** 8.4: Redis has a name that stays. */
export function judgeService(
  { workloads, manifests, findings, running }: Manifests,
  place: Place,
): Judgement {
  const redis = workloads.find(({ part }) => part === "redis");
  const service = redis ? serviceFor(redis, manifests) : null;
  const fault = judgeFindings(
    findings.filter(({ part }) => part === "service"),
    EXPECTED,
    place,
  );
  if (fault) return fault;
  if (!redis || !service) {
    const labels = Object.entries(redis?.labels ?? {}).map(([key, value]) => `${key}: ${value}`);
    return notYet({
      expected: EXPECTED,
      observed: "no Service leads to the pod of Redis",
      probe: `grep -rn "kind: Service" ${place.file(".")}${running?.silence === null ? `   and: kubectl get services --namespace ${running.namespace}` : ""}`,
      cause: "without one, Redis has only its pod's address, which changes each time the pod is made",
      next: `write a Service: selector: {${labels.join(", ")}}, ports: [{port: 6379}]`,
      mistake: "no-service",
    });
  }
  const ports = portsOf(service).map(({ port, target }) =>
    String(port) === target ? target : `${port} to ${target}`,
  );
  return passed(
    `the Service ${service.name} leads port ${ports.join(", ")} to the pods of ${redis.manifest.name}`,
  );
}
