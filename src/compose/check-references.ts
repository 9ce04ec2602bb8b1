import { asFields, asList, asText, type Fields, type Path } from "../text/fields.js";
import { type SourceLine } from "../text/finding.js";
import { type ComposeProblem } from "./document.js";
import { type Service } from "./service.js";

/** What is needed of a project. */
interface Facts {
  services: readonly Service[];
  content: Fields;
  at: (path: Path) => SourceLine;
}

/** What one part of a project says of another that is not there; null where all is there. */
export function checkReferences(project: Facts): ComposeProblem | null {
  const found = findMissing(project);
  return found && { file: found.file, line: found.line, column: 1, message: found.message };
}

function findMissing(project: Facts): (SourceLine & { message: string }) | null {
  const { services, content } = project;
  if (services.length === 0)
    return { ...project.at(["services"]), message: "it has no services: below it nothing would be started" };
  const names = services.map(({ name }) => name);
  for (const service of services) {
    const refuse = (message: string, ...field: Path): SourceLine & { message: string } => ({
      ...service.at(...field),
      message,
    });
    const { name, fields } = service;
    if (service.image === "" && service.build === null && fields["provider"] === undefined)
      return refuse(`the service ${name} has neither image: nor build:`);
    if (service.networkMode !== "" && fields["networks"] !== undefined)
      return refuse(
        `the service ${name} has network_mode: and networks:, which exclude each other`,
        "network_mode",
      );
    const waited = Object.keys(service.waitsFor).find((one) => !names.includes(one));
    if (waited !== undefined)
      return refuse(`${name} depends on ${waited}, and there is no such service`, "depends_on");
    const network = service.networks.find(
      (one) => one !== "default" && !(one in asFields(content["networks"])),
    );
    if (network !== undefined)
      return refuse(
        `${name} is on the network ${network}, which the file does not name below networks:`,
        "networks",
      );
    const volume = service.mounts.find(
      ({ source, isBind }) => !isBind && source !== "" && !(source in asFields(content["volumes"])),
    );
    if (volume)
      return refuse(
        `${name} has the volume ${volume.source}, which the file does not name below volumes:`,
        "volumes",
      );
    for (const kind of ["secrets", "configs"] as const) {
      const used = asList(fields[kind]).map((one) => asText(one) || asText(asFields(one)["source"]));
      const missing = used.find((one) => !(one in asFields(content[kind])));
      if (missing !== undefined)
        return refuse(`${name} wants ${missing}, which the file does not name below ${kind}:`, kind);
    }
    const absent = service.envFiles.find(({ required, isThere }) => required && !isThere);
    if (absent)
      return refuse(
        `${name} reads its variables from ${absent.shown}, and there is no such file`,
        "env_file",
      );
  }
  const circle = findCircle(services);
  return (
    circle && { ...circle.at("depends_on"), message: `${circle.name} waits for itself by way of depends_on` }
  );
}

function findCircle(services: readonly Service[]): Service | null {
  const byName = new Map(services.map((service) => [service.name, service]));
  const isReached = (from: string, wanted: string, seen: Set<string>): boolean => {
    for (const next of Object.keys(byName.get(from)?.waitsFor ?? {})) {
      if (next === wanted) return true;
      if (!seen.has(next) && isReached(next, wanted, seen.add(next))) return true;
    }
    return false;
  };
  return services.find(({ name }) => isReached(name, name, new Set())) ?? null;
}
