import { type Judgement, notYet, passed, type Place } from "../../../src/course/authoring.js";
import { type Manifests, redisAddresses } from "../../../src/subjects/kubernetes/probe.js";
import { at, judgeFindings, showLine } from "./line.js";

const WORDS = {
  api: { what: "the API", program: "api.py" },
  worker: { what: "the workers", program: "worker.py" },
} as const;

/** 8.6 and 8.7: a Deployment of its own for each program, that finds Redis by its Service's name. */
export function judgeProgram(
  part: "api" | "worker",
  { workloads, findings }: Manifests,
  place: Place,
): Judgement {
  const { what, program } = WORDS[part];
  const expected = `a Deployment for ${what}, with REDIS_IP naming the Service of Redis`;
  const all = workloads.filter((one) => one.part === part);
  const [first] = all;
  if (!first) {
    const found = workloads.map(({ manifest }) => manifest.name).join(", ");
    return notYet({
      expected,
      observed: `no Deployment for ${what}; there are: ${found}`,
      probe: `grep -rn command: ${place.file(".")}`,
      next: `write one with your image, command: ["python", "${program}"], and env: with REDIS_IP`,
      mistake: part === "api" ? "no-api" : "no-worker",
    });
  }
  const fault = judgeFindings(
    findings.filter((one) => one.part === part),
    expected,
    place,
  );
  if (fault) return fault;
  const { manifest, replicas, containers } = first;
  if (all.every((one) => one.replicas === 0)) {
    const line = manifest.at(["spec", "replicas"]);
    return notYet({
      expected,
      observed: at(line),
      probe: showLine(line, place),
      cause: "with replicas: 0 no pod is made",
      next: "write: replicas: 1",
      mistake: "no-replicas",
    });
  }
  const addresses = containers
    .flatMap(redisAddresses)
    .map(({ variable, host }) => `${variable} is ${host ?? "set by the cluster"}`);
  const other = addresses.some((one) => one.startsWith("REDIS_IP "))
    ? ""
    : " (the course calls it REDIS_IP; what counts is that your code reads the same)";
  return passed(
    `${manifest.name}: ${replicas} ${replicas === 1 ? "pod" : "pods"}; ${addresses.join(", ")}${other}`,
  );
}
