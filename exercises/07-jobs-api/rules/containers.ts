import { type Finding, type Judgement, notYet, passed, type Place } from "../../../src/course/authoring.js";
import { type ComposeProject } from "../../../src/subjects/containers/probe.js";
import { type Project, readContainers } from "../../../src/subjects/python-code/probe.js";
import { withRemarks } from "./words.js";

/** 7.10: the host comes from the environment, the Compose file gives it, and its containers can work together. */
export function judgeContainers(file: ComposeProject | null, project: Project, place: Place): Judgement {
  const facts = {
    expected:
      "the host of Redis comes from a variable, and a Compose file has Redis, API and workers with that variable",
    probe: "docker compose config",
  };
  const literal = project.findings.find(({ kind }) => kind === "host-literal" || kind === "hosts-differ");
  if (literal) return notYet({ ...facts, ...fromFinding(literal, place) });
  if (!file) {
    return notYet({
      ...facts,
      observed: `no Compose file in ${place.folder}, in its folder docker, or one level above`,
      mistake: "no-compose-file",
      next: "write docker-compose.yml with three services: Redis, the API, the worker",
    });
  }
  const { name, problem, services } = file;
  const { redis, apis, workers, others, faults, remarks } = readContainers(file, project);
  // A file that is missing is the cause of what Compose says of it.
  const missing = faults.find(({ kind }) => kind === "env-file-missing");
  if (problem && !missing) {
    return notYet({
      ...facts,
      mistake: services.length === 0 ? "bad-yaml" : "compose-refuses",
      observed: `${problem.file}:${problem.line}:${problem.column}: ${problem.message}`,
      next: `mend line ${problem.line} of ${problem.file}`,
    });
  }
  const [first] = faults;
  if (first) return notYet({ ...facts, ...fromFinding(first, place) });
  const isPublished = [...apis.map(({ service }) => service), ...others].some(
    ({ ports, networkMode }) => ports.length > 0 || networkMode === "host",
  );
  const lacks = [
    redis.length === 0 && "Redis",
    apis.length === 0
      ? "an API with a published port"
      : !isPublished && `a published port of ${apis[0]?.service.name ?? ""}`,
    workers.length === 0 && "a worker",
  ].filter((one) => one !== false);
  if (lacks.length > 0) {
    return notYet({
      ...facts,
      mistake: "services-missing",
      observed: `${name} has the services ${services.map((service) => service.name).join(", ") || "none"}; it lacks ${lacks.join(", ")}`,
      next: "a service with image: redis:7, and two with build: . , of which the API has ports: and the worker a command:",
    });
  }
  const finding = project.findings.find(
    ({ kind }) => kind === "compose-variable-missing" || kind === "compose-variable-ignored",
  );
  if (finding) return notYet({ ...facts, ...fromFinding(finding, place) });
  const variables = [
    ...new Set(project.clients.flatMap(({ host }) => (host.kind === "env" ? [host.variable] : []))),
  ];
  return passed(
    withRemarks(
      `${name}: ${services.map((service) => service.name).join(", ")}; ${variables.join(", ") || "a variable"} names Redis`,
      remarks.map((one) => `${one.file}:${one.line}: ${one.text}   (${one.says}; ${one.next})`),
    ),
  );
}

interface Fault {
  observed: string;
  probe: string;
  cause: string;
  next: string;
  mistake: string;
}

function fromFinding({ kind, file, line, text, says, next }: Finding, place: Place): Fault {
  const probe = `sed -n ${line}p ${place.file(file)}`;
  return { observed: `${file}:${line}: ${text}`, probe, cause: says, next, mistake: kind };
}
