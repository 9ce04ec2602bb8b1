import { asFields, asList, asText } from "../manifests/manifest.js";

/** The pods behind a Service, as the cluster's EndpointSlices have them. */
export interface Endpoints {
  /** Addresses of those that are ready. */
  ready: readonly string[];
  /** How many are known and not ready. */
  waiting: number;
  /** The ports to which the Service leads. */
  ports: readonly number[];
}

/** Reads them from `kubectl get endpointslices --output json`: https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/ */
export function readEndpoints(slices: readonly unknown[]): Endpoints {
  const all = slices.map(asFields);
  const endpoints = all.flatMap((slice) => asList(slice["endpoints"]).map(asFields));
  // A condition that is not given counts as true.
  const isReady = (one: (typeof endpoints)[number]): boolean =>
    asFields(one["conditions"])["ready"] !== false;
  return {
    ready: endpoints.filter(isReady).flatMap((one) => asList(one["addresses"]).map(asText)),
    waiting: endpoints.filter((one) => !isReady(one)).length,
    ports: [
      ...new Set(
        all.flatMap((slice) => asList(slice["ports"]).map((port) => Number(asFields(port)["port"]))),
      ),
    ],
  };
}
