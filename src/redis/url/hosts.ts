import { type Address } from "../../queue/connect.js";

/** Ends with what is wrong. Says no piece of the url itself: any may be one of the password. */
export type Refuse = (problem: string) => never;

/** A host's name, or an IPv6 address in brackets, and a port; either may be missing. */
const ADDRESS =
  /^(?:\[(?<v6>[0-9a-f:.]+(?:%(?:25)?[\w.-]+)?)\]|(?<name>[\p{L}\p{N}_.-]*))(?::(?<port>\d*))?$/iu;

/** An IPv6 address without its brackets, with a port behind it or not. */
const BARE_V6 = /^(?=(?:[^:]*:){2})[0-9a-f:.]+$/i;

/** What stands between the user and the path: one address, or several with commas. */
export function parseAddresses(text: string, defaultPort: number, fail: Refuse): Address[] {
  return text.split(",").map((one) => {
    const { v6, name = "", port } = ADDRESS.exec(one)?.groups ?? failAddress(one, fail);
    const number = port ? Number(port) : defaultPort;
    if (number < 1 || number > 65535) fail("a port is a number from 1 to 65535");
    return { host: v6?.replace("%25", "%") ?? (name || "127.0.0.1"), port: number };
  });
}

function failAddress(text: string, fail: Refuse): never {
  return BARE_V6.test(text)
    ? fail("an IPv6 address stands in brackets: redis://[::1]:6379")
    : fail("its address is not a host or host:port");
}

export function showHosts(addresses: readonly Address[]): string {
  return addresses.map(({ host, port }) => `${showHost(host)}:${port}`).join(",");
}

/** As it stands before a port. */
export function showHost(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

/** Such addresses, and nothing else. */
export function areAddresses(text: string): boolean {
  return text !== "" && text.split(",").every((one) => ADDRESS.test(one));
}
