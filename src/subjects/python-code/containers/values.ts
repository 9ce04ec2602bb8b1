import { type ComposeProject } from "../../../compose/project.js";
import { type Variable } from "../../../compose/variables.js";

import { isAddress, isLoopback } from "../clients/client-settings.js";
import { type ContainerFault, fault } from "./fault.js";
import { type Module } from "../names/modules.js";
import { variablesOf } from "../names/values.js";
import { type Project } from "../project.js";
import { type Part, type Parts } from "./parts.js";

/** Variables that name Redis' host, and lead nowhere from inside a container. */
export function findValueFaults(parts: Parts, project: Project, compose: ComposeProject): ContainerFault[] {
  const seen = new Set<string>();
  return [...parts.apis, ...parts.workers]
    .flatMap((part) => [...ofPart(part, parts, project, compose), ...ofOthers(part, project)])
    .filter(({ file, line }) => !seen.has(`${file} ${line}`) && seen.add(`${file} ${line}`));
}

/** Other variables that the code cannot do without: ${…} that nothing sets is an empty text in the container. */
function ofOthers({ service, module }: Part, project: Project): ContainerFault[] {
  const modules = module ? reachedFrom(module, project) : project.modules;
  const names = new Set(modules.map(({ name }) => name));
  const hosts = new Set(project.clients.flatMap(({ host }) => variablesOf(host)));
  return project.environment.flatMap((read): ContainerFault[] => {
    const variable = service.environment.get(read.name);
    const [unset] = variable?.unset ?? [];
    const isAbout = read.needed && names.has(read.module) && !hosts.has(read.name);
    if (!isAbout || !variable || variable.value !== "" || unset === undefined) return [];
    return [
      fault(
        "compose-variable-unset",
        variable,
        `${service.name} is to find ${read.name} in \${${unset}}, which nothing sets: no .env beside the Compose file, and no default`,
        `write a line ${unset}=… into .env beside the Compose file, or the value here`,
      ),
    ];
  });
}

function ofPart(part: Part, { redis }: Parts, project: Project, compose: ComposeProject): ContainerFault[] {
  const { service, module } = part;
  // Where there is no Redis, that is what is to be said.
  if (redis.length === 0) return [];
  const modules = module ? reachedFrom(module, project) : project.modules;
  const names = new Set(modules.map(({ name }) => name));
  const hosts = project.clients.flatMap((client) =>
    names.has(client.module) && client.host.kind === "env" ? variablesOf(client.host) : [],
  );
  const redisName = redis[0]?.name ?? "redis-db";
  return [...new Set(hosts)].flatMap((name): ContainerFault[] => {
    const variable = service.environment.get(name);
    if (!variable || service.networkMode !== "") return [];
    const where = `${service.name} is to find ${name}`;
    const host = hostOf(variable.value);
    if (host === "") {
      const [unset] = variable.unset;
      return [
        fault(
          "compose-variable-unset",
          variable,
          unset === undefined
            ? `${where}, and it is empty here`
            : `${where} in \${${unset}}, which nothing sets: no .env beside the Compose file, and no default`,
          `write the service's name: ${name}: ${redisName}`,
        ),
      ];
    }
    if (isLoopback(host)) {
      return [
        fault(
          "compose-variable-local",
          variable,
          `inside a container ${host} is the container itself, where no Redis is`,
          `write the service's name: ${withHost(variable, host, redisName, name)}`,
        ),
      ];
    }
    if (isElsewhere(host, part, compose)) return [];
    const known = compose.services.find((one) => one.names.includes(host));
    if (known?.isRedis) return [];
    return [
      fault(
        "compose-variable-nowhere",
        variable,
        known
          ? `${host} is the service ${known.name}, which is no Redis`
          : `no service is called ${host}: Redis is ${redisName}`,
        `write the service's name: ${withHost(variable, host, redisName, name)}`,
      ),
    ];
  });
}

/** An address, a name of the world outside, or one that the file itself defines. */
function isElsewhere(host: string, { service }: Part, { content }: ComposeProject): boolean {
  const { extra_hosts: extra, links, external_links: linked } = service.fields;
  if (isAddress(host) || host.includes(".") || host.includes("$")) return true;
  if ([extra, links, linked].some((one) => JSON.stringify(one ?? "").includes(host))) return true;
  return JSON.stringify(content["networks"] ?? "").includes('"external"');
}

/** Of a url, its host; of host:port, the host. */
function hostOf(value: string): string {
  const text = value.trim().replace(/^["']|["']$/g, "");
  return /^\w+:\/\/(?:[^@/]*@)?([^:/?]*)/.exec(text)?.[1] ?? text.split(":")[0] ?? "";
}

function withHost({ value }: Variable, host: string, redis: string, name: string): string {
  return `${name}: ${value.replace(host, redis)}`;
}

/** The module, and all that it imports. */
function reachedFrom(module: Module, { modules }: Project): Module[] {
  const found = new Set<Module>([module]);
  for (const one of found) {
    for (const { own } of one.imports) {
      const next = own === null ? undefined : modules.find(({ name }) => name === own);
      if (next) found.add(next);
    }
  }
  return [...found];
}
