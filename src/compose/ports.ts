import { asFields, asText, isFields } from "../text/fields.js";
import { type SourceLine } from "../text/finding.js";

/** A port of a container that is published. Its place is the line that says so. */
export interface Port extends SourceLine {
  inside: number;
  /** Null where the engine chooses it. */
  outside: number | null;
  /** There are several to choose from: a range. */
  isRange: boolean;
  /** The host's address; "" for all of them. */
  address: string;
  protocol: string;
}

/** `"80"`, `"8000:80"`, `"127.0.0.1:8000:80/tcp"`, ranges, or a mapping; none where it cannot be read. */
export function readPort(value: unknown, at: SourceLine): Port[] {
  if (isFields(value)) {
    const { target, published, host_ip: address, protocol } = asFields(value);
    const [outside, isRange] = readOutside(asText(published));
    const port = { inside: Number(target), outside, isRange, address: asText(address) };
    return Number.isInteger(port.inside) ? [{ ...at, ...port, protocol: asText(protocol) || "tcp" }] : [];
  }
  const [text = "", protocol = "tcp"] = asText(value).split("/");
  const [, address = "", published = "", inside = ""] =
    /^(?:(?:(\[[^\]]+\]|[^:]*):)?([\d-]*):)?([\d-]+)$/.exec(text) ?? [];
  const [outside, isRange] = readOutside(published);
  const [from = "", to = from] = inside.split("-");
  const first = Number.parseInt(from, 10);
  const last = Number.parseInt(to, 10);
  if (!Number.isInteger(first) || !Number.isInteger(last) || last - first > 1000) return [];
  return Array.from({ length: last - first + 1 }, (_, n) => ({
    ...at,
    inside: first + n,
    address: address.replace(/^\[|\]$/g, ""),
    protocol,
    outside: outside === null ? null : outside + (last > first ? n : 0),
    isRange: isRange && last === first,
  }));
}

function readOutside(text: string): [number | null, boolean] {
  const [from = "", to] = text.split("-");
  const port = Number.parseInt(from, 10);
  return [Number.isInteger(port) && port > 0 ? port : null, to !== undefined && to !== from];
}
