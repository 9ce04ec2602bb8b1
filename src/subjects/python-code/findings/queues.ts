import { type Client } from "../clients/clients.js";
import { clientMeant } from "../clients/client-uses.js";
import { certainClients, fault, type Facts, remark } from "../facts.js";
import { type Finding } from "../finding.js";
import { type Module } from "../names/modules.js";
import { databaseOf, describeClient, queueName } from "../clients/client-settings.js";
import { findFunctions } from "../syntax/walk.js";
import { eachUse } from "../names/uses.js";

/** Queue objects and clients: how many, on which queue and database, and whether the ends fit together. */
export function findQueues(all: Facts): Finding[] {
  const facts = { ...all, clients: certainClients(all) };
  return [
    ...findMadeAgain(facts),
    ...findTwoDatabases(facts),
    ...findSharedDatabase(facts),
    ...findDifferentEnds(facts),
  ];
}

function queuesOf({ clients }: Facts): Client[] {
  return clients.filter(({ kind }) => kind === "queue");
}

const placeOf = ({ file, line }: { file: string; line: number }): string => `line ${line} of ${file}`;

function findMadeAgain(facts: Facts): Finding[] {
  const queues = queuesOf(facts);
  const imported = new Set(facts.modules.flatMap(({ imports }) => imports.map(({ own }) => own)));
  const isEnd = (module: string): boolean => module === facts.api?.name || module === facts.worker?.name;
  const first =
    queues.find(({ module }) => module === facts.jobs?.name) ??
    // A module for the clients: neither end, and what makes the queue for others.
    queues.find(({ module }) => !isEnd(module) && imported.has(module)) ??
    queues.find(({ module }) => !isEnd(module)) ??
    queues.find(({ module }) => module !== facts.worker?.name) ??
    queues[0];
  if (!first) return [];
  const [name, db] = [queueName(first), databaseOf(first)];
  const found = new Set<string>();
  return queues.flatMap((queue): Finding[] => {
    const isSame = queueName(queue) === name && databaseOf(queue) === db && name !== null;
    const isOther = queue.made.file !== first.made.file && queue.module !== first.module;
    if (!isSame || !isOther || found.has(queue.made.file)) return [];
    found.add(queue.made.file);
    return [
      remark(
        "queue-made-again",
        queue,
        `the queue object is made a second time here; ${first.module} has it already (${placeOf(first)})`,
        `remove this line, and write: from ${first.module} import ${first.name === "" || first.within !== null ? "q" : first.name}`,
      ),
    ];
  });
}

function findTwoDatabases({ clients, jobs }: Facts): Finding[] {
  const redises = clients.filter(
    ({ kind, name, within }) => kind === "redis" && name !== "" && within === null,
  );
  return [...new Set(redises.map(({ name }) => name))].flatMap((name) => {
    const same = redises.filter((one) => one.name === name);
    const first = same.find(({ module }) => module === jobs?.name) ?? same[0];
    return same.flatMap((client): Finding[] => {
      const [db, other] = [databaseOf(client), first ? databaseOf(first) : null];
      if (!first || client === first || db === null || other === null || db === other) return [];
      return [
        remark(
          "client-on-two-dbs",
          client,
          `${name} means database ${db} here and database ${other} in ${first.file === client.file ? `line ${first.line}` : placeOf(first)}`,
          client.file === first.file
            ? "give each its own name: the second takes the place of the first"
            : `if it is the same data, import ${name} from ${first.module}; if not, give it a name that says what it holds`,
        ),
      ];
    });
  });
}

const KEEPS_JOBS =
  /save_?job|update_?job|job_?status|add_?job|submit_?job|store_?job|instantiate_?job|get_?job/i;
const RECORDS = new Set(["hset", "hmset", "set", "hget", "hgetall", "hmget", "get", "mset"]);

/** The clients that hold the job records, by the functions in which they are used. */
function recordClients({ modules, byName, clients }: Facts): Client[] {
  const found = new Set<Client>();
  for (const module of modules) {
    const functions = new Set(findFunctions(module.body).filter(({ name }) => KEEPS_JOBS.test(name)));
    eachUse(module.body, (use) => {
      const { expression, within } = use;
      if (expression.kind !== "attribute" || !RECORDS.has(expression.name)) return;
      if (!within.some((one) => functions.has(one))) return;
      const client = clientMeant(expression.of, use, module, byName, clients);
      if (client?.kind === "redis") found.add(client);
    });
  }
  return [...found];
}

function findSharedDatabase(facts: Facts): Finding[] {
  const records = recordClients(facts);
  return queuesOf(facts).flatMap((queue): Finding[] => {
    const db = databaseOf(queue);
    const shared = records.find((one) => databaseOf(one) === db);
    if (db === null || !shared) return [];
    return [
      remark(
        "queue-in-records-db",
        queue,
        `the queue is in database ${db}, where ${describeClient(shared)} keeps the job records (${placeOf(shared)}): whoever lists or clears the records meets the queue`,
        "give each a database of its own, such as db=0 for the records and db=1 for the queue",
      ),
    ];
  });
}

interface End {
  client: Client;
  module: Module;
}

/** Something is put on one queue, and the workers take from another. */
function findDifferentEnds(facts: Facts): Finding[] {
  const { puts, takes } = findEnds(facts);
  if (puts.length === 0 || takes.length === 0) return [];
  const all = [...puts, ...takes].map(({ client }) => client);
  if (all.some((client) => queueName(client) === null || databaseOf(client) === null)) return [];
  const key = (client: Client): string => `${queueName(client) ?? ""} ${databaseOf(client) ?? ""}`;
  if (takes.some((take) => puts.some((put) => key(put.client) === key(take.client)))) return [];
  const [put] = puts;
  const [take] = takes;
  if (!put || !take) return [];
  const describe = (client: Client): string =>
    `queue "${queueName(client) ?? ""}" in database ${databaseOf(client) ?? 0}`;
  return [
    fault(
      "queue-differs",
      take.client,
      `the worker takes from ${describe(take.client)}, and jobs are put on ${describe(put.client)} (${placeOf(put.client)})`,
      put.client.module === take.client.module
        ? "let both use one queue object"
        : `make it once, and import it: from ${put.client.module} import ${put.client.name || "q"}`,
    ),
  ];
}

function findEnds({ modules, byName, clients }: Facts): { puts: End[]; takes: End[] } {
  const puts: End[] = [];
  const takes: End[] = [];
  for (const module of modules) {
    eachUse(module.body, (use) => {
      const { expression } = use;
      if (expression.kind !== "attribute" || !/^(put|get|consume|worker)$/.test(expression.name)) return;
      const client = clientMeant(expression.of, use, module, byName, clients);
      if (client?.kind === "queue") (expression.name === "put" ? puts : takes).push({ client, module });
    });
  }
  return { puts, takes };
}
