/** What tq's cluster is called, whoever makes it. */
export const CLUSTER = "tq";
const LABEL = "tq.owner=tq";

/** A program that makes clusters on one machine: what it is asked, by its documentation. */
export interface ClusterProgram {
  name: string;
  /** What kubectl calls the cluster. */
  context: string;
  make: readonly string[];
  /** What `make` reads. */
  input?: string;
  /** Starts one that is there. */
  start: readonly string[];
  list: readonly string[];
  /** Whether what `list` printed names the cluster. */
  isThere: (printed: string) => boolean;
  remove: readonly string[];
  /** Where it comes from. */
  get: string;
}

/** https://kind.sigs.k8s.io/docs/user/configuration/ */
const KIND_CONFIG = {
  kind: "Cluster",
  apiVersion: "kind.x-k8s.io/v1alpha4",
  nodes: [{ role: "control-plane", labels: { "tq.owner": "tq" } }],
};

export const CLUSTER_PROGRAMS: readonly ClusterProgram[] = [
  {
    name: "kind",
    context: `kind-${CLUSTER}`,
    make: ["create", "cluster", "--name", CLUSTER, "--wait", "180s", "--config", "-"],
    input: JSON.stringify(KIND_CONFIG),
    start: ["export", "kubeconfig", "--name", CLUSTER],
    list: ["get", "clusters"],
    isThere: (printed) => printed.split(/\s+/).includes(CLUSTER),
    remove: ["delete", "cluster", "--name", CLUSTER],
    get: "https://kind.sigs.k8s.io   (needs Docker)",
  },
  {
    name: "k3d",
    context: `k3d-${CLUSTER}`,
    make: [
      "cluster",
      "create",
      CLUSTER,
      "--wait",
      "--timeout",
      "180s",
      "--runtime-label",
      `${LABEL}@server:*`,
    ],
    start: ["cluster", "start", CLUSTER, "--wait"],
    list: ["cluster", "list", "--no-headers"],
    isThere: (printed) => printed.split("\n").some((line) => line.split(/\s+/)[0] === CLUSTER),
    remove: ["cluster", "delete", CLUSTER],
    get: "https://k3d.io   (needs Docker)",
  },
  {
    name: "minikube",
    context: CLUSTER,
    make: ["start", "--profile", CLUSTER],
    start: ["start", "--profile", CLUSTER],
    list: ["profile", "list", "--output", "json"],
    isThere: (printed) => new RegExp(`"Name":\\s*"${CLUSTER}"`).test(printed),
    remove: ["delete", "--profile", CLUSTER],
    get: "https://minikube.sigs.k8s.io/docs/start/",
  },
];

export function programNamed(name: string): ClusterProgram | undefined {
  return CLUSTER_PROGRAMS.find((one) => one.name === name);
}
