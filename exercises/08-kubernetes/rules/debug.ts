import { type Judgement, notYet, passed, type Place } from "../../../src/course/authoring.js";
import { type Manifests, sleeps, type Workload } from "../../../src/subjects/kubernetes/probe.js";
import { at, judgeFindings, showLine } from "./line.js";

const EXPECTED = "a Deployment of two Python pods that do nothing (sleep), to work in";
const WANTED = 2;

/** 8.3: two pods with Python, for the two ends of the queue. */
export function judgeDebug({ workloads, findings }: Manifests, place: Place): Judgement {
  const all = workloads.filter(({ part }) => part === "debug");
  const [first] = all;
  if (!first) {
    const found = workloads.map(({ manifest }) => `${manifest.kind} ${manifest.name}`).join(", ");
    return notYet({
      expected: EXPECTED,
      observed: `none among: ${found}`,
      probe: `grep -rn image: ${place.file(".")}`,
      next: 'write a Deployment: replicas: 2, image: python:3.14, command: ["sleep", "9999999"]',
      mistake: "no-debug",
    });
  }
  const fault = judgeFindings(
    findings.filter(({ part }) => part === "debug"),
    EXPECTED,
    place,
  );
  return fault ?? judgeContainer(all, place) ?? judgeNumber(all, place) ?? tell(all);
}

/** Python, and a command that lasts. */
function judgeContainer(all: readonly Workload[], place: Place): Judgement | null {
  for (const { manifest, containers } of all) {
    const [container] = containers;
    if (!container) continue;
    const { image, words, path, runs } = container;
    const lasts = containers.some(sleeps) || /redis-client/.test(image);
    const isPython = /python|redis-client|jupyter|conda|hotqueue|debug|client/i.test(image);
    if (lasts && (isPython || !/(^|\/)(alpine|busybox|ubuntu|debian|nginx|redis)(:|$)/.test(image))) continue;
    const line = manifest.at(lasts || words.length === 0 ? [...path, "image"] : runs);
    return notYet({
      expected: EXPECTED,
      observed: at(line),
      probe: showLine(line, place),
      cause: lasts
        ? `there is no Python in ${image}`
        : "a Python without a terminal has nothing to do and ends at once; the pod is started again and again",
      next: lasts ? "write: image: python:3.14" : 'write: command: ["sleep", "9999999"]',
      mistake: lasts ? "debug-image" : "debug-ends",
    });
  }
  return null;
}

function judgeNumber(all: readonly Workload[], place: Place): Judgement | null {
  const pods = all.reduce((sum, { replicas }) => sum + replicas, 0);
  const [first] = all;
  if (pods >= WANTED || !first) return null;
  const line = first.manifest.at(["spec", "replicas"]);
  return notYet({
    expected: EXPECTED,
    observed: `${at(line)} (${pods} ${pods === 1 ? "pod" : "pods"})`,
    probe: showLine(line, place),
    cause: "a producer and a consumer need a pod each",
    next: "write: replicas: 2",
    mistake: "debug-replicas",
  });
}

function tell(all: readonly Workload[]): Judgement {
  const names = all.map(({ manifest, replicas }) => `${manifest.name} (${replicas})`).join(", ");
  const images = [...new Set(all.flatMap(({ containers }) => containers.map(({ image }) => image)))].join(
    ", ",
  );
  return passed(`pods to work in: ${names}, image ${images}`);
}
