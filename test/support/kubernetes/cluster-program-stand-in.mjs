#!/usr/bin/env node
// Stands in for kind, k3d and minikube, whichever it is called: it notes its arguments, and answers as each documents. No cluster
// is behind it. Clusters are lines of a file; a file `fails` beside it holds the verb that is to fail.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

const program = basename(process.argv[1]);
const folder = dirname(process.argv[1]);
const words = process.argv.slice(2);
const clusters = join(folder, `${program}.clusters`);
const has = () => (existsSync(clusters) ? readFileSync(clusters, "utf8").split("\n").filter(Boolean) : []);
const input = words.includes("-") ? readFileSync(0, "utf8") : "";
appendFileSync(
  join(folder, "calls.log"),
  `${program} ${words.join(" ")}${input === "" ? "" : ` < ${input}`}\n`,
);

const verb = words.find((word) => /^(create|start|delete|get|list|profile|export)$/.test(word));
if (existsSync(join(folder, "fails")) && readFileSync(join(folder, "fails"), "utf8") === verb) {
  process.stderr.write("ERROR: failed to create cluster: docker is not running\n");
  process.exit(1);
}
const names = has();
if (verb === "create" || (program === "minikube" && verb === "start")) {
  process.stderr.write('Creating cluster "tq" ...\n • Preparing nodes 📦  ...\n');
  if (!names.includes("tq")) writeFileSync(clusters, [...names, "tq"].join("\n"));
} else if (verb === "delete") {
  process.stderr.write('Deleting cluster "tq" ...\n');
  writeFileSync(clusters, names.filter((name) => name !== "tq").join("\n"));
} else if (program === "kind" && verb === "get") {
  if (names.length === 0) process.stderr.write("No kind clusters found.\n");
  else process.stdout.write(`${names.join("\n")}\n`);
} else if (program === "k3d" && verb === "list") {
  for (const name of names) process.stdout.write(`${name}   1/1       0/0      true\n`);
} else if (program === "minikube" && verb === "profile") {
  const valid = names.map((name) => ({ Name: name, Status: "Running" }));
  process.stdout.write(`${JSON.stringify({ invalid: [], valid })}\n`);
}
