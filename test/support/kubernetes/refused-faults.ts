import { type Fault, fault, many, older, one } from "./fault.js";

const long = (letters: number): string => "r".repeat(letters);
/** Of the Deployment of Redis in older-style. */
const probe = (more: string) => ["          ports:\n", `${more}\n          ports:\n`] as const;
const resources = (what: string): string => `resources: {limits: {memory: 128Mi, cpu: 250m}${what}}`;
const pod = (more: string) => ["      volumes:\n", `      ${more}\n      volumes:\n`] as const;
const job = (spec: string, kind = "batch/v1\nkind: Job") =>
  [
    "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: jobs-worker",
    `apiVersion: ${kind}\nmetadata: {name: once}\nspec: ${spec}\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: jobs-worker`,
  ] as const;
const template = (more = "") => `{containers: [{name: once, image: "python:3.14"}]${more}}`;

/** What the schema allows, and the API server refuses: each was sent to one with --dry-run=server. */
export const REFUSED: readonly Fault[] = [
  // Names and labels.
  fault(one, ["metadata: {name: wrk}", `metadata: {name: ${long(254)}}`], ["8.1", "bad-name", long(254)]),
  fault(one, ["metadata: {name: wrk}", "metadata: {name: w..k}"], ["8.1", "bad-name", "w..k"]),
  fault(
    many("service-nodeport"),
    ["app-test-flask-nodeport\nspec", `${long(64)}\nspec`],
    ["8.1", "bad-name", `name: ${long(64)}`],
  ),
  fault(one, ["      - name: wrk", `      - name: ${long(64)}`], ["8.1", "bad-name", long(64)]),
  fault(
    older("redis"),
    ["claimName: redis-data\n", "claimName: redis-data\n        - {name: scr.atch, emptyDir: {}}\n"],
    ["8.1", "bad-name", "scr.atch"],
  ),
  fault(
    many("deployment-redis"),
    ["app: app-test-redis\nspec", "app: app-test-redis\n    my app: x\nspec"],
    ["8.1", "bad-name", "my app: x"],
  ),
  fault(
    many("deployment-redis"),
    ["app: app-test-redis\nspec", `app: app-test-redis\n    ${long(64)}: x\nspec`],
    ["8.1", "bad-name", `${long(64)}: x`],
  ),
  fault(
    many("deployment-redis"),
    ["app: app-test-redis\nspec", "app: app-test-redis\n    Example_Org/app: x\nspec"],
    ["8.1", "bad-name", "Example_Org"],
  ),
  fault(
    many("deployment-redis"),
    ["  labels:\n    username: ada\n    env", `  labels:\n    username: ${long(64)}\n    env`],
    ["8.1", "bad-value", `username: ${long(64)}`],
  ),
  fault(older("redis"), pod("nodeSelector: {disk: fast and big}"), ["8.1", "bad-value", "fast and big"]),
  fault(
    many("deployment-redis"),
    [
      "metadata:\n  name: app-test-redis\n",
      "metadata:\n  name: app-test-redis\n  annotations: {my note: x}\n",
    ],
    ["8.1", "bad-name", "my note"],
  ),
  // Ports.
  fault(older("api"), ["- name: http", "- name: HTTP"], ["8.1", "bad-name", "name: HTTP"]),
  fault(older("api"), ["- name: http", '- name: "5000"'], ["8.1", "bad-name", '"5000"']),
  fault(older("api"), ["- name: http", "- name: a-port-of-flask-s"], ["8.1", "bad-name", "a-port-of"]),
  fault(
    older("api"),
    ["- name: http\n", "- {name: http, containerPort: 5001}\n            - name: http\n"],
    ["8.1", "port-twice", "- name: http"],
  ),
  fault(
    many("service-nodeport"),
    ["- port: 5000\n", "- {name: one, port: 5000}\n    - name: two\n      port: 5000\n"],
    ["8.1", "port-twice", "      port: 5000"],
  ),
  fault(
    many("service-nodeport"),
    ["- port: 5000\n", "- {name: http, port: 5001, targetPort: 5000}\n    - name: http\n      port: 5000\n"],
    ["8.1", "port-twice", "- name: http"],
  ),
  fault(
    many("service-nodeport"),
    ["- port: 5000\n", "- name: HTTP\n      port: 5000\n"],
    ["8.1", "bad-name", "HTTP"],
  ),
  // Volumes.
  fault(
    older("redis"),
    ["claimName: redis-data\n", "claimName: redis-data\n        - {name: data, emptyDir: {}}\n"],
    ["8.1", "duplicate-name", "emptyDir"],
  ),
  fault(
    older("redis"),
    [
      "mountPath: /data\n",
      "mountPath: /data\n            - name: data\n              mountPath: /data # twice\n",
    ],
    ["8.1", "mount-twice", "# twice"],
  ),
  fault(
    older("redis"),
    ["claimName: redis-data\n", "claimName: redis-data\n          emptyDir: {}\n"],
    ["8.1", "volume-two-kinds", "emptyDir: {}"],
  ),
  // What goes together with what.
  fault(
    older("redis"),
    ["type: Recreate", "type: Recreate\n    rollingUpdate: {maxSurge: 1}"],
    ["8.1", "strategy", "rollingUpdate"],
  ),
  fault(
    older("redis"),
    ["type: Recreate", "rollingUpdate: {maxSurge: 0, maxUnavailable: 0}"],
    ["8.1", "strategy", "rollingUpdate"],
  ),
  fault(one, [resources(""), resources(", requests: {memory: 1Gi}")], ["8.1", "request-above-limit", "1Gi"]),
  fault(one, [resources(""), resources(", requests: {cpu: 0.5}")], ["8.1", "request-above-limit", "0.5"]),
  fault(one, [resources(""), "resources: {limits: {mem: 128Mi}}"], ["8.1", "bad-value", "mem: 128Mi"]),
  fault(one, [resources(""), "resources: {limits: {memory: -128Mi}}"], ["8.1", "bad-value", "-128Mi"]),
  fault(
    one,
    ["tcpSocket: {port: 6379}", "tcpSocket: {port: 6379}\n          exec: {command: [redis-cli, ping]}"],
    ["8.1", "probe-action", "exec: {command"],
  ),
  fault(one, ["tcpSocket: {port: 6379}", "periodSeconds: 5"], ["8.1", "probe-action", "readinessProbe"]),
  fault(
    one,
    ["tcpSocket: {port: 6379}", "exec: {command: []}"],
    ["8.1", "probe-action", "exec: {command: []}"],
  ),
  fault(one, ["tcpSocket: {port: 6379}", 'tcpSocket: {port: "6379"}'], ["8.1", "bad-value", '"6379"']),
  fault(one, ["tcpSocket: {port: 6379}", "tcpSocket: {port: 0}"], ["8.1", "bad-value", "port: 0"]),
  fault(older("redis"), probe("          livenessProbe: {tcpSocket: {port: 6379}, successThreshold: 2}"), [
    "8.1",
    "bad-value",
    "livenessProbe",
  ]),
  fault(older("redis"), probe("          lifecycle: {preStop: {}}"), ["8.1", "probe-action", "preStop"]),
  fault(older("redis"), probe("          readinessProbe: {httpGet: {port: 6379, scheme: http}}"), [
    "8.1",
    "bad-value",
    "scheme: http",
  ]),
  fault(older("redis"), pod("dnsPolicy: clusterFirst"), ["8.1", "bad-value", "clusterFirst"]),
  fault(older("redis"), pod("dnsPolicy: None"), ["8.1", "bad-value", "dnsPolicy: None"]),
  fault(older("redis"), pod("restartPolicy: always"), ["8.1", "bad-value", "always"]),
  fault(older("redis"), pod("restartPolicy: Never"), ["8.1", "bad-value", "Never"]),
  fault(older("redis"), pod("tolerations: [{key: a, operator: equals, value: b}]"), [
    "8.1",
    "bad-value",
    "equals",
  ]),
  fault(older("redis"), pod("tolerations: [{key: a, operator: Exists, value: b}]"), [
    "8.1",
    "toleration",
    "value: b",
  ]),
  fault(older("redis"), pod("tolerations: [{value: b}]"), ["8.1", "toleration", "value: b"]),
  fault(older("redis"), pod("tolerations: [{key: a, value: b, effect: noSchedule}]"), [
    "8.1",
    "bad-value",
    "noSchedule",
  ]),
  fault(older("redis"), pod("tolerations: [{key: a, value: b, effect: NoSchedule, tolerationSeconds: 5}]"), [
    "8.1",
    "toleration",
    "tolerationSeconds",
  ]),
  fault(older("worker"), job(`{template: {spec: ${template()}}}`), [
    "8.1",
    "restart-policy",
    "containers: [{name: once",
  ]),
  fault(older("worker"), job(`{template: {spec: ${template(", restartPolicy: Always")}}}`), [
    "8.1",
    "restart-policy",
    "Always",
  ]),
  fault(
    older("worker"),
    job(
      `{schedule: "0 * * * *", jobTemplate: {spec: {template: {spec: ${template()}}}}}`,
      "batch/v1\nkind: CronJob",
    ),
    ["8.1", "restart-policy", "schedule"],
  ),
  fault(
    older("worker"),
    job(
      `{selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: ${template(", restartPolicy: Never")}}}`,
    ),
    ["8.1", "bad-value", "selector: {matchLabels: {a: b}}"],
  ),
];
