import { describe, expect, it } from "vitest";
import { judgePods, judgeSharing } from "../../../../../exercises/08-kubernetes/rules/index.js";
import {
  prepareObjects,
  type Prepared,
} from "../../../../../src/subjects/kubernetes/cluster/prepare-objects.js";
import { judgeFiles } from "../../../../../src/subjects/kubernetes/manifests/manifests.js";
import { readManifestFiles } from "../../../../../src/subjects/kubernetes/manifests/manifest-files.js";
import { findRunningRedis } from "../../../../../src/subjects/kubernetes/running-redis.js";
import { type Place } from "../../../../../src/course/authoring.js";
import {
  runningDeployment,
  runningService,
  runningWith,
} from "../../../../support/kubernetes/running-objects.js";

const solution = new URL("../../../../../exercises/08-kubernetes/solution", import.meta.url).pathname;
const files = await readManifestFiles(solution);

/** What is applied of the solution, where one of its files has something else in one place, and more objects are there. */
async function prepare(file: string, [find, put]: [string, string], ...more: string[]): Promise<Prepared> {
  const own = files.map((one) =>
    one.path === file ? { ...one, text: one.text.replaceAll(find, put) } : one,
  );
  if (find !== "") expect(own).not.toEqual(files);
  const others = more.map((text, n) => ({ path: `more-${n}.yml`, text, unreadable: null }));
  return prepareObjects(await judgeFiles([...own, ...others]), "tq-1", "mine");
}

/** The same without its Redis, where these run in the namespace mine. */
async function prepareCopy(
  objects: readonly object[],
  change: [string, string] = ["", ""],
): Promise<Prepared> {
  const own = files
    .filter(({ path }) => path !== "redis.yml")
    .map((one) => ({ ...one, text: one.text.replaceAll(...change) }));
  const running = { context: "kind-lesson", namespace: "mine", silence: null };
  const all = await judgeFiles(own, () =>
    Promise.resolve({ ...running, ...findRunningRedis(objects, "mine", null) }),
  );
  return prepareObjects(all, "tq-1", "mine");
}

const leftOut = ({ notes }: Prepared): string[] => notes.filter((one) => one.includes("is left out"));

it("applies a copy in which nothing reaches out of the trial's namespace", async () => {
  const data = new URL("../../../../data/manifests", import.meta.url).pathname;
  const prepare = async (style: string) => {
    const all = await judgeFiles(await readManifestFiles(`${data}/${style}`));
    const { manifests } = all;
    return { manifests, ...prepareObjects(all, "tq-1", "mine") };
  };
  const namespaced = await prepare("namespaced");
  const text = JSON.stringify(namespaced.list);
  expect(text).toContain('"value":"redis.tq-1.svc.cluster.local"');
  expect(text).not.toContain('"namespace":"jobs"');
  expect(namespaced.notes).toEqual(["Namespace jobs is left out: a trial does without it"]);
  expect(JSON.stringify(namespaced.manifests.map(({ content }) => content))).toContain('"namespace":"jobs"');
  const many = await prepare("many-files");
  expect(many.notes).toHaveLength(2);
  expect(many.notes).toContain("Ingress app-test-ingress is left out: a trial does without it");
  expect(many.notes).toContain("the Service app-test-flask-nodeport is of type ClusterIP here, not NodePort");
  expect(JSON.stringify(many.list)).not.toMatch(/NodePort|Ingress"/);
});

const VALUE = "value: redis-db";
const COMMAND = 'command: ["python", "worker.py"]';

describe("a program of a trial", () => {
  it.each([
    ["a name in the student's namespace", VALUE, "value: redis-db.mine", '"value":"redis-db.tq-1"'],
    [
      "all of that name",
      VALUE,
      "value: redis-db.mine.svc.cluster.local",
      '"redis-db.tq-1.svc.cluster.local"',
    ],
    ["a pod's name", VALUE, "value: redis-0.redis-db.mine.svc", '"redis-0.redis-db.tq-1.svc"'],
    ["a url", VALUE, "value: redis://:pw@redis-db.mine:6379/1", '"redis://:pw@redis-db.tq-1:6379/1"'],
    [
      "an argument",
      COMMAND,
      'command: ["python", "worker.py", "--host=redis-db.mine"]',
      '"--host=redis-db.tq-1"',
    ],
    [
      "a line for a shell",
      COMMAND,
      'command: ["sh", "-c", "HOST=redis-db.mine.svc python worker.py"]',
      '"HOST=redis-db.tq-1.svc python worker.py"',
    ],
  ])("asks the trial's Redis, where it was told %s", async (_, find, put, expected) => {
    const { list, ...prepared } = await prepare("worker.yml", [find, put]);
    expect(leftOut({ list, ...prepared })).toEqual([]);
    expect(JSON.stringify(list)).toContain(expected);
    expect(JSON.stringify(list)).not.toContain(".mine");
  });

  it("asks the copy, where it was told the address of the Service that runs", async () => {
    const { list } = await prepareCopy([runningDeployment(), runningService()], [VALUE, "value: 10.96.0.12"]);
    expect(JSON.stringify(list)).not.toContain("10.96");
    expect(JSON.stringify(list)).toContain('{"name":"REDIS_IP","value":"redis-db"}');
  });

  const config = (text: string): string =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  app.ini: "${text}"\n`;
  const mounts = "envFrom: [{configMapRef: {name: settings}}]\n          env:";

  it.each<[string, string, string, string, ...string[]]>([
    ["an address", VALUE, "value: 10.1.0.7", "its REDIS_IP is 10.1.0.7"],
    ["an address with a port", VALUE, 'value: "10.1.0.7:6379"', "its REDIS_IP is 10.1.0.7:6379"],
    ["another namespace", VALUE, "value: redis-db.shared", "its REDIS_IP is redis-db.shared"],
    ["a host elsewhere", VALUE, "value: redis.example.com", "its REDIS_IP is redis.example.com"],
    [
      "an argument with an address",
      COMMAND,
      'command: ["python", "worker.py", "--host=10.1.0.7"]',
      "10.1.0.7 stands in it",
    ],
    [
      "a name of another namespace in a line",
      COMMAND,
      'command: ["sh", "-c", "python worker.py redis-db.shared.svc:6379"]',
      "redis-db.shared.svc stands in it",
    ],
    [
      "a first container with an address",
      "      containers:",
      '      initContainers:\n        - name: first\n          image: busybox\n          command: ["nc", "10.1.0.7", "6379"]\n      containers:',
      "10.1.0.7 stands in it",
    ],
    ["settings with an address", "env:", mounts, "192.168.7.1 stands in it", config("backup = 192.168.7.1")],
  ])("is left out, where it was told %s", async (_, find, put, why, ...more) => {
    const prepared = await prepare("worker.yml", [find, put], ...more);
    expect(leftOut(prepared)).toEqual([`Deployment jobs-worker is left out: ${why}`]);
    expect(prepared.objects).not.toContain("Deployment jobs-worker");
    const judged = judgeSharing({ leftOut: prepared.leftOut, workers: [], run: null }, {} as Place);
    expect(judged).toMatchObject({
      verdict: "not-yet",
      observed: `Deployment jobs-worker was not applied: ${why}`,
    });
  });

  it.each([
    ["its own machine", VALUE, "value: 127.0.0.1"],
    ["where it listens", COMMAND, 'command: ["python", "worker.py", "--bind", "0.0.0.0:80", "127.0.0.1"]'],
    ["a range of addresses", COMMAND, 'command: ["python", "worker.py", "--trust", "10.0.0.0/8"]'],
    ["names of files and modules", COMMAND, 'command: ["python", "-m", "jobs.worker", "conf/app.mine.ini"]'],
    ["somebody's public address", COMMAND, 'command: ["python", "worker.py", "https://93.184.215.14/x"]'],
  ])("is applied, where it was told %s", async (_, find, put) => {
    expect(leftOut(await prepare("worker.yml", [find, put]))).toEqual([]);
  });

  it.each([
    ["a job of each minute", "CronJob tick", "batch/v1", "schedule: '* * * * *'\n  command: [nc, 10.1.0.7]"],
    [
      "a name for a Service elsewhere",
      "Service far",
      "v1",
      "type: ExternalName\n  externalName: redis-db.shared.svc",
    ],
  ])("is not joined by %s", async (_, what, apiVersion, spec) => {
    const [kind = "", name = ""] = what.split(" ");
    const text = `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\nspec:\n  ${spec}\n`;
    const [one = ""] = leftOut(await prepare("worker.yml", ["", ""], text));
    expect(one).toMatch(new RegExp(`^${what} is left out: `));
  });
});

describe("a Redis of a trial", () => {
  const CLAIM = "persistentVolumeClaim:\n            claimName: redis-data";

  it.each([
    ["hostPath", "hostPath: {path: /srv/redis}"],
    ["nfs", "nfs: {server: 10.0.0.9, path: /redis}"],
  ])("has a volume of its own, not the %s of the student's", async (kind, volume) => {
    const { list, notes } = await prepare("redis.yml", [CLAIM, volume]);
    expect(JSON.stringify(list)).toContain('"volumes":[{"name":"data","emptyDir":{}}]');
    expect(notes).toEqual([`Deployment redis has an empty volume data, not the ${kind}`]);
  });

  it("takes neither the machine's network nor its ports", async () => {
    const ports = "containers:\n        - name: redis";
    const { list, notes } = await prepare("redis.yml", [ports, `hostNetwork: true\n      ${ports}`]);
    expect(JSON.stringify(list)).not.toContain("hostNetwork");
    expect(notes).toEqual(["Deployment redis is not on the machine's network"]);
    const port = await prepare("redis.yml", [
      "- containerPort: 6379",
      "- {containerPort: 6379, hostPort: 6379}",
    ]);
    expect(JSON.stringify(port.list)).toContain('"ports":[{"containerPort":6379}]');
  });

  it("may name other hosts, which it does not ask for messages", async () => {
    const env = "          ports:";
    const more = `          env: [{name: REDIS_MASTER_HOST, value: redis.example.com}]\n${env}`;
    expect(leftOut(await prepare("redis.yml", [env, more]))).toEqual([]);
  });

  it("is not made of one whose Secret would have to be read", async () => {
    const env = [{ name: "PASSWORD", valueFrom: { secretKeyRef: { name: "redis", key: "password" } } }];
    const prepared = await prepareCopy([runningWith({ env }), runningService()]);
    const why = "it needs the Secret redis, which tq does not read";
    expect(leftOut(prepared)).toEqual([`Deployment redis is left out: ${why}`]);
    expect(judgePods([], { ok: true, ...prepared })).toMatchObject({
      verdict: "blocked",
      observed: `Deployment redis was not applied: ${why}`,
      next: expect.stringContaining("describe Redis in a file") as string,
    });
  });
});

it("lets other programs of a trial read what lies outside of the cluster", async () => {
  const pod = "containers:\n        - name: worker";
  const volumes = "volumes: [{name: code, hostPath: {path: /home/ada/jobs}}]";
  const mount = "volumeMounts: [{name: code, mountPath: /app}]";
  const { list, notes } = await prepare("worker.yml", [pod, `${volumes}\n      ${pod}\n          ${mount}`]);
  expect(JSON.stringify(list)).toContain('[{"name":"code","mountPath":"/app","readOnly":true}]');
  expect(notes).toEqual(["Deployment jobs-worker can only read the volume code"]);
});

it("applies what pods need before the pods", async () => {
  const account = "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: ada}\n";
  const settings = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {a: b}\n";
  const { list, objects } = await prepare("api.yml", ["", ""], settings, account);
  const kinds = (list["items"] as { kind: string }[]).map(({ kind }) => kind);
  expect(kinds.slice(0, 3)).toEqual(["ServiceAccount", "ConfigMap", "PersistentVolumeClaim"]);
  expect(kinds.lastIndexOf("Service")).toBeLessThan(kinds.indexOf("Deployment"));
  expect(kinds).toHaveLength(objects.length);
});
