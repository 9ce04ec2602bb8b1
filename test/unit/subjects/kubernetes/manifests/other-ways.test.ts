import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { judgeFiles } from "../../../../../src/subjects/kubernetes/manifests/manifests.js";

const path = "k8s.yaml";
const answer = readFileSync(new URL(`../../../../data/manifests/one-file/${path}`, import.meta.url), "utf8");

const IP = "- {name: REDIS_IP, value: redis-service}";
const WORKER = 'command: ["python3"]\n        args: ["worker.py"]';
const HEADLESS = `apiVersion: v1
kind: Service
metadata: {name: redis-headless}
spec:
  clusterIP: None
  selector: {app.kubernetes.io/name: redis}
  ports: [{port: 6379}]
---
`;
const INSIGHT = `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: redis-insight}
spec:
  selector: {matchLabels: {app: redis-insight}}
  template:
    metadata: {labels: {app: redis-insight}}
    spec:
      containers: [{name: insight, image: "redis/redisinsight:2.48"}]
`;

/** Each part plays its role, and nothing is wrong: so in the answer, and so it must stay. */
const PARTS = { "redis-deployment": "redis", debug: "debug", flask: "api", wrk: "worker" };

it.each<[string, string, string, Record<string, string | null>?]>([
  ["nothing else", "", ""],
  [
    "a Service without an address beside the other",
    "apiVersion: v1\nkind: Service",
    `${HEADLESS}apiVersion: v1\nkind: Service`,
  ],
  ["the name of that Service", IP, "- {name: REDIS_IP, value: redis-headless}"],
  [
    "a worker that waits for Redis in a loop",
    WORKER,
    'command: ["sh", "-c", "until nc -z redis-service 6379; do sleep 1; done; exec python3 -m jobs.worker"]',
  ],
  [
    "other facts about Redis",
    IP,
    `${IP}\n        - {name: REDIS_TIMEOUT, value: "5"}\n        - {name: REDIS_SSL, value: "false"}`,
  ],
  ["a number of databases", IP, `${IP}\n        - {name: REDIS_DATABASES, value: "3"}`],
  ["a host of its database", IP, "- {name: REDIS_DB_HOST, value: redis-service}"],
  ["a url under another name", IP, '- {name: BROKER_URL, value: "redis://redis-service:6379/1"}'],
  [
    "an argument in two words",
    `${WORKER}\n        env:\n        ${IP}`,
    'command: ["python3", "worker.py", "--redis-host", "redis-service"]',
  ],
  [
    "an argument in one word",
    `${WORKER}\n        env:\n        ${IP}`,
    'command: ["python3", "worker.py", "--redis=redis-service"]',
  ],
  [
    "a url as an argument",
    `${WORKER}\n        env:\n        ${IP}`,
    'command: ["python3", "worker.py", "redis://redis-service:6379/1"]',
  ],
  ["a label that says what it needs", "labels: {run: flask}", "labels: {run: flask, needs: redis}"],
  [
    "other words about Redis",
    IP,
    `${IP}\n        - {name: REDIS_MODE, value: standalone}\n        - {name: REDIS_LIST, value: redis-jobs}`,
  ],
  ["a reference to another variable", IP, `${IP}\n        - {name: REDIS_HOST, value: $(REDIS_IP)}`],
  ["a url made of variables", IP, `${IP}\n        - {name: REDIS_URL, value: "redis://$(REDIS_IP):6379/0"}`],
  [
    "a variable that may be missing",
    IP,
    `${IP}\n        - {name: LEVEL, valueFrom: {configMapKeyRef: {name: tuning, key: level, optional: true}}}`,
  ],
  [
    "settings that may be missing",
    "        env:\n",
    "        envFrom: [{secretRef: {name: tuning, optional: true}}]\n        env:\n",
  ],
  [
    "a server with workers",
    "command: [flask, run, --host=0.0.0.0]",
    'command: [gunicorn, --workers, "3", "api:app"]',
  ],
  [
    "a server with workers of a class",
    "command: [flask, run, --host=0.0.0.0]",
    'command: [gunicorn, -k, uvicorn.workers.UvicornWorker, "api:app"]',
  ],
  [
    "packages of a version",
    WORKER,
    'command: ["sh", "-c", "pip install redis==5.0.1 hotqueue==0.2.8 && exec python worker.py"]',
  ],
  [
    "a line that says where Redis is",
    `${WORKER}\n        env:\n        ${IP}`,
    'command: ["sh", "-c", "export REDIS_IP=$REDIS_SERVICE_SERVICE_HOST; exec python worker.py"]',
  ],
  ["a worker that waits first", WORKER, 'command: ["sh", "-c", "sleep 5; exec celery -A tasks worker"]'],
  [
    "a container beside it that sleeps",
    "      - name: wrk\n",
    '      - {name: beside, image: "busybox:1.36", command: [sh, -c, "while true; do date; sleep 60; done"]}\n      - name: wrk\n',
  ],
  [
    "packages for its debug pods",
    "command: [sleep, infinity]",
    'command: [sh, -c, "python -m pip install redis hotqueue; sleep infinity"]',
  ],
  ["a folder in its claim", '[--appendonly, "yes"]', '[--appendonly, "yes", --dir, /data/redis]'],
  ["no word where a word could be", "protocol: TCP", 'protocol: ""'],
  ["a page to look into Redis", IP, IP, { "redis-insight": null }],
])("stays right with %s", async (name, find, put, more = {}) => {
  const base = name.startsWith("the name of that") ? HEADLESS + answer : answer;
  const text = base.replaceAll(find, () => put) + (more["redis-insight"] === null ? INSIGHT : "");
  if (find !== put) expect(text).not.toBe(answer);
  const { findings, workloads } = await judgeFiles([{ path, text, unreadable: null }]);
  expect(findings).toEqual([]);
  const parts = Object.fromEntries(workloads.map(({ manifest, part }) => [manifest.name, part]));
  expect(parts).toEqual({ ...PARTS, ...more });
});

it("knows a worker by what it runs, though it is called after Redis", async () => {
  const text = answer
    .replaceAll("wrk", "redis-consumer")
    .replace(WORKER, 'command: ["python3", "-m", "jobs.main"]');
  const { findings, workloads } = await judgeFiles([{ path, text, unreadable: null }]);
  expect(findings).toEqual([]);
  expect(workloads.find(({ manifest }) => manifest.name === "redis-consumer")?.part).toBe("worker");
});

it("leaves alone what kustomize makes its changes by", async () => {
  const patch = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: wrk}\nspec: {replicas: 5}\n";
  const kustomization =
    "resources: [../base]\npatches:\n- path: replicas.yml\npatchesStrategicMerge: [./more.yml]\n";
  const { findings, leftAlone } = await judgeFiles([
    { path: "base/k8s.yaml", text: answer, unreadable: null },
    { path: "live/kustomization.yml", text: kustomization, unreadable: null },
    ...["live/replicas.yml", "live/more.yml"].map((one) => ({ path: one, text: patch, unreadable: null })),
  ]);
  expect(findings).toEqual([]);
  expect(leftAlone.map(({ file }) => file).sort()).toEqual([
    "live/kustomization.yml",
    "live/more.yml",
    "live/replicas.yml",
  ]);
});
