import { type Choices } from "./choices.js";
import { CLIENTS_MODULE, importGroups, pythonFile } from "./python-file.js";
import { topicOf } from "./topics.js";

/** What a program calls its Redis clients. */
export interface ClientNames {
  data: string;
  jobs: string;
  queue: string;
  /** Null where the result is part of the job's record. */
  results: string | null;
}

export function clientNames({ jobsDb, results }: Choices): ClientNames {
  // In the older material rd holds the data, in the newer one the jobs.
  const names = jobsDb === 0 ? { jobs: "rd", data: "raw" } : { jobs: "jdb", data: "rd" };
  return { ...names, queue: "q", results: results === "database" ? "res" : null };
}

/** The module that makes the clients. */
export function clientsModule({ clientsIn }: Choices): string {
  return clientsIn === "jobs" ? "jobs" : CLIENTS_MODULE;
}

/** The imports from outside that making the clients takes. */
export const CLIENT_IMPORTS = {
  standard: "import os",
  others: "import redis\nfrom hotqueue import HotQueue",
};

/** redis_clients.py. */
export function writeClients(choices: Choices): string {
  return pythonFile(
    `${importGroups(CLIENT_IMPORTS.standard, CLIENT_IMPORTS.others)}\n\n${makeClients(choices)}`,
  );
}

/** The lines that make them. */
export function makeClients(choices: Choices): string {
  const { queueDb, jobsDb, redisClass, decode } = choices;
  const { jobs, data, queue, results } = clientNames(choices);
  const client = (name: string, db: number): string =>
    `${name} = redis.${redisClass}(host=redis_host, port=6379, db=${db}${decode === "client" ? ", decode_responses=True" : ""})`;
  return [
    `redis_host = ${hostOf(choices)}`,
    "",
    client(data, jobsDb === 0 ? 5 : 0),
    client(jobs, jobsDb),
    `${queue} = HotQueue('${topicOf(choices).queue}', host=redis_host, port=6379, db=${queueDb})`,
    ...(results === null ? [] : [client(results, 3)]),
  ].join("\n");
}

export function hostOf({ host, service }: Choices): string {
  switch (host) {
    case "REDIS_IP":
      return `os.environ.get('REDIS_IP', '${service}')`;
    case "REDIS_HOST":
      return "os.getenv('REDIS_HOST', '127.0.0.1')";
    case "both":
      return "os.environ.get('REDIS_IP') or os.environ.get('REDIS_HOST') or 'localhost'";
  }
}
