import { many, older, one } from "./fault.js";

/** A correct answer of `test/data/manifests`, changed so that it stays one. */
export interface RightWay {
  name: string;
  style: string;
  file: string;
  find: string;
  put: string;
}

function right(
  name: string,
  [style, file]: readonly [string, string],
  [find, put]: readonly [string, string],
): RightWay {
  return { name, style, file, find, put };
}

const long = (letters: number): string => "r".repeat(letters);
const resources = (what: string): string => `resources: {limits: {memory: 128Mi, cpu: 250m}${what}}`;
const pod = (more: string) => ["      volumes:\n", `      ${more}\n      volumes:\n`] as const;
const before = (text: string) =>
  [
    "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: jobs-worker",
    `${text}\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: jobs-worker`,
  ] as const;
const SLEEP = "command: [sleep, infinity]";
const OF_WORKER = "- name: REDIS_IP\n              value: redis-db";

/** What a cluster takes, near to what it refuses: each was sent to one with --dry-run=server. */
export const RIGHT_WAYS: readonly RightWay[] = [
  right("a name of 253 letters", one, ["metadata: {name: wrk}", `metadata: {name: ${long(253)}}`]),
  right("a name with dots", one, ["metadata: {name: wrk}", "metadata: {name: w.r.k}"]),
  right("a container's name of 63", one, ["      - name: wrk", `      - name: ${long(63)}`]),
  right("a label of somebody's", many("deployment-redis"), [
    "app: app-test-redis\nspec",
    `app: app-test-redis\n    example.org/${long(63)}: A.b_c-9\nspec`,
  ]),
  right("labels and notes called as fields are", many("deployment-redis"), [
    "        username: ada\n        env: test\n",
    "        username: ada\n        env: test\n        protocol: http\n        imagePullPolicy: none\n        dnsPolicy: x\n",
  ]),
  right("a note called as a field is", many("deployment-redis"), [
    "    metadata:\n      labels",
    "    metadata:\n      annotations: {strategy.type: a b, pathType: a/b, Example.org/Note: any text}\n      labels",
  ]),
  right("a Role with signs in its name", older("worker"), [
    ...before(
      "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: 'jobs:pod_reader'}\nrules: [{apiGroups: [''], resources: [pods], verbs: [get]}]",
    ),
  ]),
  right("a PodTemplate", older("worker"), [
    ...before(
      "apiVersion: v1\nkind: PodTemplate\nmetadata: {name: once}\ntemplate: {metadata: {labels: {a: b}}, spec: {containers: [{name: once, image: 'python:3.14'}]}}",
    ),
  ]),
  right("a CSIDriver", older("worker"), [
    ...before(
      "apiVersion: storage.k8s.io/v1\nkind: CSIDriver\nmetadata: {name: csi.example.org}\nspec: {attachRequired: false}",
    ),
  ]),
  right("a PriorityClass", older("worker"), [
    ...before("apiVersion: scheduling.k8s.io/v1\nkind: PriorityClass\nmetadata: {name: low}\nvalue: 5"),
  ]),
  right("a Job that ends", older("worker"), [
    ...before(
      "apiVersion: batch/v1\nkind: Job\nmetadata: {name: once}\nspec: {template: {spec: {restartPolicy: OnFailure, containers: [{name: once, image: 'python:3.14', command: [python, load.py]}]}}}",
    ),
  ]),
  right("ports of one number and two protocols", many("service-nodeport"), [
    "- port: 5000\n",
    "- {name: udp, port: 5000, protocol: UDP, nodePort: 30500}\n    - name: tcp\n      port: 5000\n      nodePort: 30500\n",
  ]),
  right("a port's name of 15", older("api"), [
    "- name: http\n",
    `- {name: ${"a".repeat(14)}5, containerPort: 5001}\n            - name: http\n`,
  ]),
  right("a claim mounted in two places", older("redis"), [
    "mountPath: /data\n",
    "mountPath: /data\n            - {name: data, mountPath: /backup, subPath: old}\n",
  ]),
  right("a volume of no kind", older("redis"), [
    "claimName: redis-data\n",
    "claimName: redis-data\n        - name: scratch\n",
  ]),
  right("a request below its limit", one, [
    resources(""),
    resources(", requests: {memory: 0.125Gi, cpu: 0.25}"),
  ]),
  right("a request in other units", one, [
    resources(""),
    resources(', requests: {memory: "134217728", cpu: 250m}'),
  ]),
  right("a request alone", one, [
    resources(""),
    "resources: {requests: {memory: 1Gi, cpu: 1, ephemeral-storage: 1Gi}}",
  ]),
  right("a resource of the cluster's", one, [resources(""), "resources: {limits: {example.org/gpu: 1}}"]),
  right("three probes", older("redis"), [
    "          ports:\n",
    "          startupProbe: {exec: {command: [redis-cli, ping]}}\n          livenessProbe: {tcpSocket: {port: 6379}, successThreshold: 1}\n          readinessProbe: {httpGet: {port: redis, path: /}, successThreshold: 2}\n          lifecycle: {preStop: {sleep: {seconds: 1}}}\n          ports:\n",
  ]),
  right("a strategy that rolls", older("redis"), [
    "type: Recreate",
    "rollingUpdate: {maxSurge: 0, maxUnavailable: 1}",
  ]),
  right("tolerations of all kinds", older("redis"), [
    ...pod(
      "tolerations: [{operator: Exists}, {key: a, value: b}, {key: c, operator: Equal, effect: NoExecute, tolerationSeconds: 5}]",
    ),
  ]),
  right("dns of its own", older("redis"), [
    ...pod("dnsPolicy: None\n      dnsConfig: {nameservers: [10.96.0.10]}"),
  ]),
  right("a registry with capitals", older("worker"), ["registry.example/jobs", "Registry.Example:5000/jobs"]),
  right("debug pods with a terminal and no command", one, [`, ${SLEEP}`, ", stdin: true, tty: true"]),
  right("debug pods with an input and no command", one, [`, ${SLEEP}`, ", stdin: true"]),
  right("debug pods with a shell", one, [SLEEP, "command: [/bin/bash], stdin: true, tty: true"]),
  right("a host with its port", older("worker"), [
    OF_WORKER,
    "- {name: REDIS_HOST_PORT, value: redis-db:6379}",
  ]),
  right("an address with its port", older("worker"), [
    OF_WORKER,
    "- {name: REDIS_ADDR, value: redis-db:6379}",
  ]),
  right("an address without one", older("worker"), [OF_WORKER, "- {name: REDIS_ADDR, value: redis-db}"]),
  right("a port of its host", older("worker"), [
    OF_WORKER,
    '- {name: REDIS_HOST_PORT, value: "6379"}\n            - {name: REDIS_HOST, value: redis-db}',
  ]),
];
