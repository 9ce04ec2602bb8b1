import { type Client } from "../clients/clients.js";
import { type ComposeProject } from "../../../compose/project.js";
import { commandLine, type Service } from "../../../compose/service.js";
import { type Facts, fault, remark } from "../facts.js";
import { type Finding } from "../finding.js";
import { type Module } from "../names/modules.js";
import { hostWithoutVariables, isAddress, isLoopback } from "../clients/client-settings.js";
import { variablesOf } from "../names/values.js";
import { bindingsOf, eachStatement } from "../syntax/walk.js";

/** Whether the variable from which the code takes Redis' host, and the one that Compose sets, are the same. */
export function findCompose(facts: Facts): Finding[] {
  const { compose } = facts;
  if (!compose?.services.some(({ isRedis }) => isRedis)) return [];
  return compose.services.flatMap((service) => {
    const module = service.isRedis ? null : moduleOf(service, facts);
    return module ? judge(service, module, facts, compose) : [];
  });
}

/** The module that a service runs, by its command or else by its name. */
function moduleOf(service: Service, { api, worker }: Facts): Module | null {
  const { name } = service;
  const command = commandLine(service.runs);
  const runs = (module: Module | null): boolean => {
    const file = module?.file.split("/").at(-1) ?? "";
    return file !== "" && new RegExp(`(^|[\\s/"'.])${file.replace(".py", "(\\.py|:)")}`).test(command);
  };
  if (runs(worker)) return worker;
  if (runs(api)) return api;
  if (/flask|uvicorn|gunicorn|fastapi/.test(command) || (command === "" && /api|web|flask|app/i.test(name)))
    return api;
  return command === "" && /worker|wrk/i.test(name) ? worker : null;
}

const HOSTLIKE = /redis|broker/i;
const NOT_A_HOST = /port|db|pass|user|queue|data/i;

function judge(service: Service, module: Module, facts: Facts, compose: ComposeProject): Finding[] {
  const modules = reachedFrom(module, facts);
  const clients = facts.clients.filter((client) => modules.some(({ name }) => name === client.module));
  const missing = clients.filter(
    ({ host }) =>
      host.kind === "env" &&
      service.envFiles.every(({ isThere }) => isThere) &&
      !variablesOf(host).some((one) => service.environment.has(one) || isOfImage(one, service, compose)),
  );
  const ignored = [...service.environment.keys()].filter(
    (variable) =>
      HOSTLIKE.test(variable) &&
      !NOT_A_HOST.test(variable) &&
      !facts.modules.some((one) => reads(one, variable)),
  );
  if (ignored.length > 0)
    return ignored.map((variable) => describeIgnored(variable, service, clients, compose));
  const variables = new Set<string>();
  return missing.flatMap((client): Finding[] => {
    const variable = client.host.kind === "env" ? client.host.variable : "";
    if (variables.has(variable) || reaches(client, service, compose)) return [];
    variables.add(variable);
    const fallback = hostWithoutVariables(client);
    const report = fallback === null || isLoopback(fallback) ? fault : remark;
    return [
      report(
        "compose-variable-missing",
        service,
        `the service ${service.name} does not set ${variable}, which line ${client.line} of ${client.file} reads${fallback === null ? "" : `: so it takes "${fallback}", where no Redis is`}`,
        `add to ${service.name}: environment: ["${variable}=${redisOf(compose)}"]`,
      ),
    ];
  });
}

/** The variable is asked for by its name, or fills a field of a settings class, which knows it in small letters. */
function reads({ source, definitions, body }: Module, variable: string): boolean {
  const code = source.text.replaceAll(/(^|\s)#.*/g, "");
  if (new RegExp(`["']${variable}["']`).test(code)) return true;
  // A Python variable of that name is not the one of the environment.
  if (!definitions.some(({ name }) => name === variable) && new RegExp(`\\b${variable}\\b`).test(code))
    return true;
  let isField = false;
  eachStatement(body, (statement) => {
    if (statement.kind !== "class" || statement.bases.length === 0) return;
    const [whole, prefixed] = [variable.toLowerCase(), code.includes("env_prefix")];
    isField ||= statement.body
      .flatMap(bindingsOf)
      .some((name) => name.toLowerCase() === whole || (prefixed && whole.endsWith(name.toLowerCase())));
  });
  return isField;
}

function describeIgnored(
  variable: string,
  service: Service,
  clients: readonly Client[],
  compose: ComposeProject,
): Finding {
  const reads = clients.flatMap(({ host }) => (host.kind === "env" ? [host.variable] : []));
  const [read] = reads;
  const lost = clients.some(
    (client) => client.host.kind !== "unknown" && !reaches(client, service, compose) && isLost(client),
  );
  const at = service.environment.get(variable) ?? service;
  return (lost ? fault : remark)(
    "compose-variable-ignored",
    at,
    read === undefined
      ? `${service.name} sets ${variable}, and the code reads it nowhere`
      : `${service.name} sets ${variable}, and the code reads ${read}`,
    read === undefined
      ? `read it where the clients are made: host=os.environ.get("${variable}", "127.0.0.1")`
      : `use one name in both: ${read} here, or ${variable} in the code`,
  );
}

/** Without its variable it looks where there surely is none. */
function isLost(client: Client): boolean {
  const host = hostWithoutVariables(client);
  return host === null || isLoopback(host);
}

/** What the code takes where the variable is not set leads to Redis all the same. */
function reaches(client: Client, service: Service, { services }: ComposeProject): boolean {
  const host = hostWithoutVariables(client);
  if (variablesOf(client.host).some((variable) => service.environment.has(variable))) return true;
  if (host === null) return false;
  if (services.some(({ names }) => names.includes(host))) return true;
  const published = services.some(({ isRedis, ports }) => isRedis && ports.length > 0);
  return (
    published &&
    (isAddress(host)
      ? !isLoopback(host)
      : host === "host.docker.internal" || (service.networkMode === "host" && isLoopback(host)))
  );
}

/** Of an image that is built elsewhere, a Dockerfile that lies near may tell. */
function isOfImage(variable: string, { build }: Service, { nearDockerfiles }: ComposeProject): boolean {
  return build === null && nearDockerfiles.some(({ environment }) => environment.has(variable));
}

function redisOf({ services }: ComposeProject): string {
  return services.find(({ isRedis }) => isRedis)?.name ?? "redis-db";
}

/** The module, and all that it imports. */
function reachedFrom(module: Module, { byName }: Facts): Module[] {
  const found = new Set<Module>([module]);
  for (const one of found) {
    for (const { own } of one.imports) {
      const next = own === null ? undefined : byName.get(own);
      if (next) found.add(next);
    }
  }
  return [...found];
}
