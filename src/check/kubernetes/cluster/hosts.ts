import { asText, type Fields, type Manifest, valueAt } from "../manifest.js";

/** A Service that has no address wants none. */
export const HEADLESS = "None";

/** Names such as redis-db.mine.svc.cluster.local, by themselves or in a url. */
const NAME = /(?<=^|[/@])([a-z][a-z0-9-]*)\.([a-z0-9-]+)((?:\.svc(?:\.[a-z0-9.-]+)?)?)(?=$|[:/])/g;
/** The same of addresses; 10.0.0.0/8 is a range of them. */
const ADDRESS = /(?<=^|[/@])\d{1,3}(?:\.\d{1,3}){3}(?=$|:|\/(?!\d+$))/g;
/** Those on which a program listens, or asks itself. */
const OWN = /^(0\.0\.0\.0|127\..*)$/;

/** Makes what stands in objects of the `from` namespaces lead to the same objects in another one. */
export class Hosts {
  /** By its fixed address: the name of each Service. */
  private readonly addresses: ReadonlyMap<string, string>;

  constructor(
    manifests: readonly Manifest[],
    private readonly from: ReadonlySet<string>,
    private readonly to: string,
  ) {
    this.addresses = new Map(
      manifests.flatMap(({ kind, name, content }) => {
        const address = asText(valueAt(content, ["spec", "clusterIP"]));
        return kind === "Service" && address !== "" && address !== HEADLESS ? [[address, name] as const] : [];
      }),
    );
  }

  /** A copy of an object, with other hosts in all that is text. */
  moved(object: Fields): Fields {
    return mapText(object, (text) =>
      text
        .replace(NAME, (host, service: string, space: string, rest: string) =>
          this.from.has(space) ? `${service}.${this.to}${rest}` : host,
        )
        .replace(ADDRESS, (address) => this.addresses.get(address) ?? address),
    ) as Fields;
  }

  /** Whether this host is an address that leads to another pod or machine, and to none of these Services. */
  leadsAway(host: string): boolean {
    const [address] = host.match(ADDRESS) ?? [];
    return address !== undefined && !OWN.test(address) && !this.addresses.has(address);
  }
}

function mapText(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((one) => mapText(one, change));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapText(inner, change)]));
}
