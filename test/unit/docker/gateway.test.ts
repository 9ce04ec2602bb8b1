import { describe, expect, it } from "vitest";
import { gatewayOf } from "../../../src/docker/gateway.js";

describe("the host's address on a bridge", () => {
  it.each([
    ["that the engine names", [{ Subnet: "172.18.0.0/16", Gateway: "172.18.0.254" }], "172.18.0.254"],
    ["that it does not name yet", [{ Subnet: "172.17.0.0/16" }], "172.17.0.1"],
    ["beside IPv6", [{ Subnet: "fd00::/64" }, { Subnet: "192.168.255.128/25" }], "192.168.255.129"],
    ["of a pool within a subnet", [{ Subnet: "10.255.255.7/28" }], "10.255.255.1"],
    ["of a network without hosts", [{ Subnet: "10.0.0.1/32" }], null],
    ["of a network without addresses", null, null],
    ["of an empty list", [], null],
  ])("%s", (_, pools, address) => {
    expect(gatewayOf(pools)).toBe(address);
  });
});
