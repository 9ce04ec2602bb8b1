import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { readRefusals } from "../../../../../src/subjects/kubernetes/cluster/dry-run.js";
import { judgeFiles } from "../../../../../src/subjects/kubernetes/manifests/manifests.js";

const file = (name: string): string =>
  readFileSync(new URL(`../../../../data/kubectl/${name}`, import.meta.url), "utf8");

/** What was sent when these texts were kept. */
const SENT = `apiVersion: apps/v1
kind: Deployment
metadata: {name: redis}
spec:
  selector: {matchLabels: {app: redis}}
  template:
    metadata: {labels: {app: redis}}
    spec:
      restartPolicy: Never
      containers:
        - name: W_k
          image: redis:7
          imagePullPolicy: always
---
apiVersion: v1
kind: Service
metadata: {name: redis-db}
spec:
  selector: {app: redis}
  ports:
    - port: 6379
      nodePort: 30518
---
apiVersion: v1
kind: Service
metadata: {name: api}
spec:
  ports:
    - port: 5000
      foo: 1
`;

async function read(text: string, sent = SENT): Promise<string[]> {
  const { manifests } = await judgeFiles([{ path: "k8s.yml", text: sent, unreadable: null }]);
  return readRefusals(text, manifests).map(({ text: line }) => line);
}

const OF_DEPLOYMENT = ["- name: W_k", "imagePullPolicy: always", "restartPolicy: Never"];

it("finds the line of each fault in what kubectl 1.34 says of several objects", async () => {
  expect(await read(file("1.34/invalid-several.txt"))).toEqual([
    ...OF_DEPLOYMENT,
    "nodePort: 30518",
    "foo: 1",
  ]);
});

it("finds them in what kubectl 1.20 says, which ends at a field that it does not know", async () => {
  expect(await read(file("1.20/invalid-several.txt"))).toEqual([...OF_DEPLOYMENT, "nodePort: 30518"]);
});

it.each(["1.20", "1.34"])("finds them in what kubectl %s says of one object", async (version) => {
  const sent = SENT.replace("metadata: {name: redis}", "metadata: {name: wrk}");
  const found = await read(file(`${version}/invalid-one.txt`), sent);
  expect(found).toEqual(["metadata: {labels: {app: redis}}", ...OF_DEPLOYMENT]);
});

it.each([
  "node-port-taken",
  "already-exists",
  "no-namespace",
  "quota",
  "forbidden-namespace",
  "refused-address",
])("takes %s for no fault of the objects", async (name) => {
  const sent = SENT.replace("name: redis-db", "name: second").replace(
    "port: 6379\n",
    "port: 6379\n      name: a\n",
  );
  for (const version of ["1.20", "1.34"])
    expect(await read(file(`${version}/${name}.txt`), sent)).toEqual([]);
});
