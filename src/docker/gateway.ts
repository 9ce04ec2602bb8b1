/** What the engine says of a network's addresses; each part may be missing. */
export type AddressPools =
  readonly { Subnet?: string | undefined; Gateway?: string | undefined }[] | null | undefined;

/**
 * The host's own address on a bridge network, such as 172.17.0.1; null where it cannot be told. An engine names
 * no gateway for its default bridge until it is restarted, and takes the subnet's first address all the same.
 */
export function gatewayOf(pools: AddressPools): string | null {
  const named = pools?.find(({ Gateway }) => Gateway)?.Gateway;
  if (named !== undefined) return named;
  for (const { Subnet } of pools ?? []) {
    const first = Subnet === undefined ? null : firstHost(Subnet);
    if (first !== null) return first;
  }
  return null;
}

/** 172.17.0.1 for 172.17.0.0/16; null for what is no IPv4 subnet with room for hosts. */
function firstHost(subnet: string): string | null {
  const [, ...parts] = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(subnet) ?? [];
  const [a, b, c, d, length] = parts.map(Number) as [number, number, number, number, number];
  if (parts.length === 0 || length > 30) return null;
  const mask = length === 0 ? 0 : -1 << (32 - length);
  const host = ((((a << 24) | (b << 16) | (c << 8) | d) & mask) + 1) >>> 0;
  return [24, 16, 8, 0].map((shift) => (host >>> shift) & 255).join(".");
}
