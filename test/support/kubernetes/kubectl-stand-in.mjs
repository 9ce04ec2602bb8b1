#!/usr/bin/env node
// Answers as kubectl documents, for a cluster whose pods are always what the test says. No cluster is behind it: programs in
// pods run on this machine, and names of Services lead to the addresses in `hosts`.
import { spawnSync } from "node:child_process";
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";

/** `running`: what the student's own namespace holds, and `space` its name. `left`: namespaces that were there before. `hosts` by name and port, `fails` and `prints` by the first word that is not an option, `slow` in milliseconds, `status` by Deployment, `python`. */
const world = JSON.parse(process.env.KUBECTL_WORLD ?? "{}");
const state = `${process.env.KUBECTL_STATE}.json`;
const words = process.argv.slice(2);
appendFileSync(`${process.env.KUBECTL_STATE}.log`, `${words.join(" ")}\n`);
if (words[0] === "--context") words.splice(0, 2);
const [verb] = words;
const option = (name) => words[words.indexOf(name) + 1];
const load = () => (existsSync(state) ? JSON.parse(readFileSync(state, "utf8")) : null);
const save = (value) => writeFileSync(state, JSON.stringify(value));
const input = () => readFileSync(0, "utf8");

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

function podsOf({ metadata, spec }, n) {
  const labels = spec.template.metadata.labels;
  return Array.from({ length: spec.replicas ?? 1 }, (_, m) => ({
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: `${metadata.name}-5d7c9-${m}`, namespace: metadata.namespace, labels },
    status: world.status?.[metadata.name] ?? {
      phase: "Running",
      podIP: `127.0.${n + 1}.${m + 1}`,
      conditions: [{ type: "Ready", status: "True" }],
      containerStatuses: [{ name: "one", ready: true, restartCount: 0, state: { running: {} } }],
    },
  }));
}

/** What is behind a Service: the pods of the Deployment whose labels it selects. */
function slicesOf(service) {
  const { items } = load();
  const found = items.find(({ kind, metadata }) => kind === "Service" && metadata.name === service);
  const deployments = items.filter(({ kind }) => kind === "Deployment");
  const behind = deployments.flatMap((one, n) =>
    one.spec.template.metadata.labels.app === found?.spec.selector.app ? podsOf(one, n) : [],
  );
  return [
    {
      kind: "EndpointSlice",
      endpoints: behind.map(({ status }) => ({ addresses: [status.podIP], conditions: { ready: true } })),
      ports: [{ port: Number(found?.spec.ports[0].port) }],
    },
  ];
}

if (world.slow) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, world.slow);
if (world.prints?.[verb] !== undefined) {
  process.stdout.write(world.prints[verb]);
  process.exit(0);
}
if (world.fails?.[verb] !== undefined) fail(world.fails[verb]);
if (verb === "config" && words[1] === "view") {
  process.stdout.write(world.space ?? "");
} else if (verb === "config") {
  process.stdout.write("kind-lesson\n");
} else if (words.includes("--dry-run=server")) {
  input(); // it would take all of it
} else if (verb === "create") {
  if (load())
    fail('Error from server (AlreadyExists): error when creating "STDIN": namespaces already exists');
  save({ namespace: JSON.parse(input()), items: [] });
} else if (verb === "apply") {
  save({ ...load(), items: JSON.parse(input()).items });
} else if (verb === "get" && words[1] === "--raw") {
  process.stdout.write("{}");
} else if (verb === "get" && words[1] === "namespace") {
  const { namespace } = load() ?? {};
  if (namespace) process.stdout.write(JSON.stringify(namespace));
} else if (verb === "get" && words[1] === "namespaces") {
  process.stdout.write(JSON.stringify({ kind: "List", items: world.left ?? [] }));
} else if (verb === "get" && option("--namespace") !== load()?.namespace.metadata.name) {
  const here = option("--namespace") === (world.space ?? "default");
  process.stdout.write(JSON.stringify({ kind: "List", items: here ? (world.running ?? []) : [] }));
} else if (verb === "get" && words[1] === "endpointslices") {
  process.stdout.write(JSON.stringify({ kind: "List", items: slicesOf(option("--selector").split("=")[1]) }));
} else if (verb === "get") {
  const deployments = load().items.filter(({ kind }) => kind === "Deployment");
  process.stdout.write(
    JSON.stringify({ kind: "List", apiVersion: "v1", items: deployments.flatMap(podsOf) }),
  );
} else if (verb === "scale") {
  const now = load();
  const [, name] = words[1].split("/");
  now.items.find(({ kind, metadata }) => kind === "Deployment" && metadata.name === name).spec.replicas =
    Number(words.find((word) => word.startsWith("--replicas=")).slice("--replicas=".length));
  save(now);
} else if (verb === "exec" && words[words.indexOf("--") + 1] !== "python3") {
  fail('exec failed: exec: "redis-cli": executable file not found in $PATH');
} else if (verb === "exec") {
  const program = words.slice(words.indexOf("--") + 2);
  const [, what, host, port, ...rest] = program;
  const [realHost, realPort] = (world.hosts[`${host}:${port}`] ?? "nosuch.invalid:1").split(":");
  const args = rest.map((word) =>
    word.replace(/^http:\/\/([^/]+)/, (_, address) => `http://${world.hosts[address] ?? "nosuch.invalid"}`),
  );
  const { status, stdout, stderr } = spawnSync(world.python, ["-", what, realHost, realPort, ...args], {
    input: input(),
  });
  process.stdout.write(stdout);
  process.stderr.write(stderr);
  process.exit(status ?? 1);
} else if (verb === "delete" && words[1] === "pods") {
  process.stdout.write("No resources found\n");
} else if (verb === "delete") {
  if ((world.left ?? []).some(({ metadata }) => metadata.name === option("namespace"))) process.exit(0);
  if (option("namespace") !== load()?.namespace.metadata.name) fail("Error from server (NotFound)");
  rmSync(state);
} else fail(`error: unknown command "${verb}"`);
