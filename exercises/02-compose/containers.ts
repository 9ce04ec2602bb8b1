import {
  blocked,
  type Judgement,
  notYet,
  passed,
  type Place,
  shellWord,
} from "../../src/course/authoring.js";
import { type ComposeProbe, type ServiceContainer } from "../../src/subjects/containers/probe.js";
import { blockedByImage } from "./machine.js";

const SERVICES = ["redis-db", "python1", "python2"];

/** 2.3: the three containers run. */
export async function judgeContainers(compose: ComposeProbe, place: Place): Promise<Judgement> {
  const containers = await compose.containers();
  const running = SERVICES.filter((service) => containers.get(service)?.running);
  if (running.length === SERVICES.length) {
    return passed(`running: ${SERVICES.map((service) => containers.get(service)?.name ?? "").join(", ")}`);
  }
  const expected = "containers of redis-db, python1 and python2 run";
  const stopped = SERVICES.map((service) => containers.get(service)).find((one) => one && !one.running);
  if (stopped) return explainStopped(stopped, compose, expected);
  if (containers.size === 0) {
    const others = await compose.elsewhere(SERVICES);
    const [other] = others;
    if (other) {
      // One container of each project stands for it.
      const projects = others.filter(
        ({ project }, n) => others.findIndex((one) => one.project === project) === n,
      );
      const seen = projects.map(
        ({ name, project, folder }) => `${name} belongs to the project ${project} in ${folder}`,
      );
      return notYet({
        expected: `${expected}, of the Compose file in ${place.folder}`,
        observed: `none of this folder; ${seen.join("; ")}`,
        probe: "docker compose ls --all",
        cause: "a second Compose project: these containers were started from another folder",
        next: `docker compose -p ${shellWord(other.project)} down   and then, in ${place.folder}: docker compose up -d`,
        mistake: "second-project",
      });
    }
  }
  const absent = await blockedByImage(compose);
  if (absent) return absent;
  const missing = SERVICES.filter((service) => !containers.has(service));
  return notYet({
    expected,
    observed:
      running.length === 0
        ? "no container of this folder's Compose file"
        : `running: ${running.join(", ")}; missing: ${missing.join(", ")}`,
    probe: "docker compose ps --all",
    next: "docker compose up -d",
  });
}

async function explainStopped(
  stopped: ServiceContainer,
  { portHolder }: ComposeProbe,
  expected: string,
): Promise<Judgement> {
  const probe = `docker compose ps --all   and: docker compose logs ${stopped.service}`;
  const observed = `${stopped.name} is ${stopped.status}${stopped.error ? `: ${stopped.error}` : ""}`;
  if (/port is already allocated|address already in use|ports are not available/i.test(stopped.error)) {
    const port = stopped.wanted[0] ?? 6379;
    const holder = await portHolder(port);
    if (holder && !holder.isRedis) {
      return blocked(
        `${observed}; port ${port} is taken by ${holder.command ?? "a program that this user may not see"}`,
        "end that program, then: docker compose up -d",
      );
    }
    const who = holder?.isRedis
      ? "another Redis, such as exercise 1's"
      : (holder?.command ?? "another program");
    return notYet({
      expected,
      observed,
      probe: `docker ps --filter publish=${port}   and: tq redis status`,
      cause: holder ? `port ${port} is taken by ${who}` : `port ${port} was taken when it was started`,
      next: "tq redis down   (or stop whoever has the port), then: docker compose up -d",
      mistake: "port-taken",
    });
  }
  return notYet({
    expected,
    observed: `${observed}${stopped.status === "exited" ? ` (exit code ${stopped.exitCode})` : ""}`,
    probe,
    ...(stopped.status === "exited" &&
      stopped.service !== "redis-db" && { cause: "its command came to an end", mistake: "sleep-missing" }),
    next: "docker compose up -d   starts what has stopped",
  });
}

/** 2.8: nothing of the project is left. */
export async function judgeDown(compose: ComposeProbe): Promise<Judgement> {
  const containers = [...(await compose.containers()).values()];
  const networks = await compose.networks();
  if (containers.length === 0 && networks.length === 0)
    return passed(`no container and no network of the project ${compose.project} is left`);
  return notYet({
    expected: "no container and no network of the project is left",
    observed: `still there: ${[...containers.map(({ name, status }) => `${name} (${status})`), ...networks.map((name) => `network ${name}`)].join(", ")}`,
    probe: "docker compose ps --all   and: docker network ls",
    ...(containers.length > 0 &&
      containers.every(({ running }) => !running) && {
        cause: "docker compose stop ends containers, and does not remove them",
      }),
    next: "docker compose down",
  });
}
