import { asText, type Fields, type Manifest, valueAt } from "../manifests/manifest.js";
import { mapText, textsIn } from "./texts.js";

/** A Service that has no address wants none. */
export const HEADLESS = "None";

/** What may be a host's name, wherever it stands in a text: parts with dots between them. */
const NAME = /(?<![\w.-])[a-z0-9][a-z0-9-]*(?:\.[a-z0-9][a-z0-9-]*)+(?![\w-])/g;
/** service.namespace, pod.service.namespace, and what a cluster may be told behind them. */
const INSIDE = /^(.+?)\.([a-z0-9-]+)(\.svc(?:\..+)?)?$/;
const ADDRESS = /(?<![\w.-])\d{1,3}(?:\.\d{1,3}){3}(?![\w-]|\/\d|\.\d)/g;
/** Addresses that pods, Services and their neighbours have. */
const PRIVATE = /^(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01])|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./;
/** Those on which a program listens, or asks itself. */
const OWN = /^(?:0\.0\.0\.0|127\..*)$/;

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
    return mapText(object, (text) => this.movedText(text)) as Fields;
  }

  movedText(text: string): string {
    return text
      .replace(NAME, (host) => {
        const [, before = "", space = "", rest = ""] = INSIDE.exec(host) ?? [];
        return this.from.has(space) ? `${before}.${this.to}${rest}` : host;
      })
      .replace(ADDRESS, (address) => this.addresses.get(address) ?? address);
  }

  /** The first host in a moved object that leads to what is not of the trial, but may be the student's; null without one. */
  leadingAway(object: unknown): string | null {
    for (const text of textsIn(object)) {
      const address = (text.match(ADDRESS) ?? []).find((one) => PRIVATE.test(one));
      const name = (text.match(NAME) ?? []).find(
        (one) => INSIDE.exec(one)?.[3] !== undefined && !this.isOurs(one),
      );
      const found = address ?? name;
      if (found !== undefined) return found;
    }
    return null;
  }

  /** Whether a host at which a program looks for Redis is one of the trial's, or the program's own machine. */
  isWithin(host: string): boolean {
    const moved = this.movedText(host);
    return OWN.test(moved) || !moved.includes(".") || this.isOurs(moved);
  }

  private isOurs(host: string): boolean {
    return INSIDE.exec(host)?.[2] === this.to;
  }
}
