import { asFields, asList, asText, type Fields, isFields, type Path } from "../text/fields.js";
import { findSimilar } from "../text/similar.js";
import {
  BUILD,
  DEPLOY,
  type FieldTable,
  HEALTHCHECK,
  NETWORK,
  PORT,
  SERVICE,
  TOP,
  VOLUME,
} from "./known-fields.js";

/** A field that Compose refuses, and why. */
export interface Refused {
  path: Path;
  message: string;
}

/** The first field of a document that Compose refuses by its form alone; null where there is none. */
export function checkFields(content: Fields): Refused | null {
  const [first] = [
    ...checkTable(content, TOP, []),
    ...Object.entries(asFields(content["services"])).flatMap(([name, service]) =>
      checkService(name, service),
    ),
    ...eachOf(content, "networks", NETWORK),
    ...eachOf(content, "volumes", VOLUME),
  ];
  return first ?? null;
}

function checkService(name: string, service: unknown): Refused[] {
  const path: Path = ["services", name];
  if (name.startsWith("x-")) return [];
  if (!/^[\w.-]+$/.test(name))
    return [{ path, message: `a service's name holds letters, digits, - and _ only: "${name}"` }];
  if (!isFields(service)) return [{ path, message: `the service ${name} has nothing below it` }];
  const depends = asFields(service["depends_on"]);
  return [
    ...checkTable(service, SERVICE, path),
    ...checkTable(asFields(service["build"]), BUILD, [...path, "build"]),
    ...checkTable(asFields(service["healthcheck"]), HEALTHCHECK, [...path, "healthcheck"]),
    ...checkTable(asFields(service["deploy"]), DEPLOY, [...path, "deploy"]),
    ...asList(service["ports"]).flatMap((one, n) => checkPort(one, [...path, "ports", n])),
    ...asList(service["volumes"]).flatMap((one, n) => checkVolume(one, [...path, "volumes", n])),
    ...asList(service["environment"]).flatMap((one, n) =>
      typeof one === "string" ? [] : [{ path: [...path, "environment", n], message: sayVariable(one) }],
    ),
    ...Object.entries(asFields(service["environment"])).flatMap(([variable, value]) =>
      typeof value === "object" && value !== null
        ? [{ path: [...path, "environment", variable], message: `${variable} is given no plain value` }]
        : [],
    ),
    ...Object.entries(depends).flatMap(([one, how]) => checkCondition(how, [...path, "depends_on", one])),
    ...checkTest(asFields(service["healthcheck"])["test"], [...path, "healthcheck", "test"]),
    ...checkContainerName(service["container_name"], [...path, "container_name"]),
  ];
}

function sayVariable(value: unknown): string {
  return isFields(value)
    ? "a list wants NAME=value; NAME: value is the form without the -"
    : "a list of variables wants NAME=value";
}

function eachOf(content: Fields, key: string, table: FieldTable): Refused[] {
  return Object.entries(asFields(content[key])).flatMap(([name, one]) =>
    one === null || isFields(one)
      ? checkTable(asFields(one), table, [key, name])
      : [{ path: [key, name], message: `${key}.${name} is to be empty, or a mapping` }],
  );
}

function checkTable(fields: Fields, table: FieldTable, path: Path): Refused[] {
  return Object.entries(fields).flatMap(([name, value]): Refused[] => {
    const at = [...path, name];
    if (name.startsWith("x-")) return [];
    const kinds = table[name];
    if (kinds === undefined) {
      const similar = findSimilar(name, Object.keys(table));
      const where = path.length === 0 ? "at the top of a file" : `in ${path.join(".")}`;
      const hint = similar === null ? "" : `; it knows ${similar}`;
      return [{ path: at, message: `Compose knows no ${name} ${where}${hint}` }];
    }
    if (value === null || kinds.split("|").some((kind) => isOfKind(value, kind))) return [];
    return [{ path: at, message: `${at.join(".")} must be ${sayKinds(kinds)}` }];
  });
}

/** A text that a variable gave may stand for a number or a flag. */
function isOfKind(value: unknown, kind: string): boolean {
  switch (kind) {
    case "text":
      return typeof value === "string";
    case "number":
      return (
        typeof value === "number" || (typeof value === "string" && /^(?:[\d.]+\w*|[\d-]+|)$/.test(value))
      );
    case "flag":
      return (
        typeof value === "boolean" ||
        (typeof value === "string" && /^(?:true|false|yes|no|y|n|on|off|1|0)$/i.test(value))
      );
    case "list":
      return Array.isArray(value);
    case "map":
      return isFields(value);
    case "command":
      return (
        typeof value === "string" || (Array.isArray(value) && value.every((word) => typeof word === "string"))
      );
    default:
      return true;
  }
}

function sayKinds(kinds: string): string {
  const words: Record<string, string> = {
    text: "a text (in quotes, where it looks like a number)",
    number: "a number",
    flag: "true or false",
    list: "a list (lines that begin with -)",
    map: "a mapping (name: value)",
    command: "a text, or a list of texts (numbers in quotes)",
  };
  return kinds
    .split("|")
    .map((kind) => words[kind] ?? kind)
    .join(" or ");
}

function checkPort(port: unknown, path: Path): Refused[] {
  if (isFields(port)) return checkTable(port, PORT, path);
  const text = typeof port === "number" ? String(port) : typeof port === "string" ? port : "";
  const parts = /^(?:(?:(\[[^\]]+\]|[\d.]*|localhost):)?([\d-]*):)?([\d-]+)(?:\/(?:tcp|udp|sctp))?$/.exec(
    text,
  );
  const isSmall = (range = ""): boolean =>
    range.split("-").every((one) => one === "" || (Number(one) >= 0 && Number(one) <= 65_535));
  if (parts && isSmall(parts[2]) && isSmall(parts[3])) return [];
  return [{ path, message: `"${text}" is no port: it wants "outside:inside", such as "5000:5000"` }];
}

/** A variable that nothing sets leaves nothing before a colon. */
function checkVolume(volume: unknown, path: Path): Refused[] {
  if (typeof volume !== "string" || !/^$|^:|::|:$/.test(volume)) return [];
  return [{ path, message: `"${volume}" is no volume: it wants "folder:/path", and a part of it is empty` }];
}

const CONDITIONS = ["service_started", "service_healthy", "service_completed_successfully"];

function checkCondition(how: unknown, path: Path): Refused[] {
  const { condition } = asFields(how);
  if (condition === undefined || CONDITIONS.includes(asText(condition))) return [];
  return [{ path: [...path, "condition"], message: `condition is one of ${CONDITIONS.join(", ")}` }];
}

function checkTest(test: unknown, path: Path): Refused[] {
  if (!Array.isArray(test) || ["CMD", "CMD-SHELL", "NONE"].includes(String(test[0]))) return [];
  return [{ path, message: "the list of healthcheck.test begins with CMD, CMD-SHELL or NONE" }];
}

function checkContainerName(name: unknown, path: Path): Refused[] {
  if (typeof name !== "string" || /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name)) return [];
  return [{ path, message: `container_name "${name}" is no name that Docker takes` }];
}
