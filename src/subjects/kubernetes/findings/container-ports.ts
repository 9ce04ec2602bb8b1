import { asFields, asList, asText, type Fault, type Words } from "../manifests/manifest.js";
import { type ContainerSpec } from "../manifests/pod-spec.js";
import { isPortName } from "./names.js";
import { twice } from "./twice.js";

/** Ports that there cannot be, by their names and numbers. */
export function findBadContainerPorts({ fields, path }: ContainerSpec): Fault[] {
  const ports = asList(fields["ports"]).map(asFields);
  const named = ports.map(({ name }, n) => [[...path, "ports", n, "name"], asText(name)] as const);
  const bad = named
    .filter(([, name]) => name !== "" && !isPortName(name))
    .map(([place, name]): Fault => [place, badPortName(name)]);
  const say = (name: string): Words => ({
    mistake: "port-twice",
    says: `two ports of the container are called ${name}`,
    next: "give each a name of its own",
  });
  const wrong = ports.flatMap((port, n): Fault[] => {
    const number = port["containerPort"];
    if (!Number.isInteger(number) || (Number(number) >= 1 && Number(number) <= 65535)) return [];
    const words = { says: `there is no port ${String(number)}`, next: "a port is between 1 and 65535" };
    return [[[...path, "ports", n, "containerPort"], { mistake: "bad-value", ...words }]];
  });
  return [...bad, ...twice(named, say), ...wrong];
}

function badPortName(name: string): Words {
  return name.length > 15
    ? {
        mistake: "bad-name",
        says: `the port's name ${name} has ${name.length} letters, and 15 is the most`,
        next: "shorten it, here and in the Service",
      }
    : {
        mistake: "bad-name",
        says: `${name} cannot be a port's name: small letters, digits and single hyphens, with a letter among them`,
        next: "write it so, here and in the Service, or leave it out",
      };
}
