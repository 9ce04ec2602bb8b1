import { commandLine } from "../../../compose/service.js";
import { type SourceLine } from "../../../text/finding.js";
import { isLoopback } from "../clients/client-settings.js";
import { type ContainerFault, fault } from "./fault.js";
import { lineOf, type Module } from "../names/modules.js";
import { foreignName, type Modules } from "../names/names.js";
import { evaluate, type Value, variablesOf } from "../names/values.js";
import { type Project } from "../project.js";
import { findCalls } from "../syntax/walk.js";
import { type Part, type Parts } from "./parts.js";

/** Where a server in a container listens; null for what cannot be told. */
interface Listening {
  host: string | null;
  port: number | null;
  at: SourceLine;
  /** What to write, for it to be heard from outside. */
  next: string;
}

/** A server that is heard inside only, and ports behind which nobody listens. */
export function findListeningFaults({ apis }: Parts, project: Project): ContainerFault[] {
  return apis.flatMap((part) => {
    const found = listeningOf(part, project);
    const { service } = part;
    if (!found || service.networkMode === "host") return [];
    if (found.host !== null && isLoopback(found.host) && found.host !== "0.0.0.0") {
      return [
        fault(
          "heard-inside-only",
          found.at,
          `in its container the API listens on ${found.host}, where nobody outside the container reaches it`,
          found.next,
        ),
      ];
    }
    const [port] = service.ports;
    if (found.port === null || !port || service.ports.some(({ inside }) => inside === found.port)) return [];
    const outside = port.outside ?? found.port;
    return [
      fault(
        "port-leads-nowhere",
        port,
        `this leads to port ${port.inside} of the container, and the API listens on ${found.port}   (${found.at.file}:${found.at.line})`,
        `write "${outside}:${found.port}", or let the API listen on ${port.inside}`,
      ),
    ];
  });
}

function listeningOf(part: Part, project: Project): Listening | null {
  const { launch, service, module } = part;
  if (launch?.server) {
    const { server, host, port } = launch;
    const option =
      server === "gunicorn" || server === "hypercorn" ? `--bind 0.0.0.0:${port ?? 8000}` : "--host 0.0.0.0";
    return {
      host,
      port,
      at: service.runsAt,
      next: `let it listen on all addresses: ${commandLine(service.runs)} ${option}`,
    };
  }
  if (!module || (launch?.file === "" && launch.module === "")) return null;
  return inFile(module, part, project);
}

/** What the file itself starts: `app.run(…)`, `uvicorn.run(…)`, `serve(…)`. */
function inFile(module: Module, { service }: Part, { modules, app }: Project): Listening | null {
  const byName: Modules = new Map(modules.map((one) => [one.name, one]));
  for (const { call, within } of findCalls(module.body).reverse()) {
    const { callee } = call;
    const name = foreignName(callee, module) ?? "";
    const isFlask =
      callee.kind === "attribute" &&
      callee.name === "run" &&
      callee.of.kind === "name" &&
      callee.of.name === (app?.framework === "flask" ? app.name : "app") &&
      name !== "uvicorn.run";
    const isUvicorn = name === "uvicorn.run";
    const isWaitress = name === "waitress.serve";
    if (!isFlask && !isUvicorn && !isWaitress) continue;
    const given = (key: string, position: number): Value => {
      const named = call.arguments.find((one) => one.name === key);
      const [first] = call.arguments.filter((one) => one.name === null && one.spread === "").slice(position);
      const argument = named ?? first;
      return argument ? evaluate(argument.value, { module, within }, byName) : { kind: "absent" };
    };
    if (call.arguments.some(({ spread }) => spread !== "")) return null;
    const host = settle(given("host", isFlask ? 0 : 99), service, isWaitress ? "0.0.0.0" : "127.0.0.1");
    const port = settle(
      given("port", isFlask ? 1 : 99),
      service,
      isFlask ? "5000" : isWaitress ? "8080" : "8000",
    );
    const object = callee.kind === "attribute" && callee.of.kind === "name" ? callee.of.name : "app";
    return {
      host,
      port: port !== null && /^\d+$/.test(port) ? Number(port) : null,
      at: lineOf(module, call.line),
      next: isFlask
        ? `${object}.run(host="0.0.0.0", port=${port ?? 5000})`
        : `uvicorn.run(…, host="0.0.0.0", port=${port ?? 8000})`,
    };
  }
  return null;
}

/** The value in this container; null where it cannot be told. */
function settle(value: Value, { environment }: Part["service"], otherwise: string): string | null {
  if (value.kind === "absent") return otherwise;
  if (value.kind === "literal") return String(value.value);
  if (value.kind !== "env") return null;
  const set = variablesOf(value).find((name) => environment.has(name));
  return set === undefined ? value.fallback : (environment.get(set)?.value ?? null);
}
