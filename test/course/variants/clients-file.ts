import { type Choices } from "./choices.js";

/** The databases: of the queue, of the jobs, and two more for data and results. */
function databasesOf({ queueDb, jobsDb }: Choices): { data: number; results: number } {
  const [data, results] = [0, 1, 2, 3, 5].filter((db) => db !== queueDb && db !== jobsDb);
  return { data: data ?? 5, results: results ?? 6 };
}

function hostLine({ hostVariable }: Choices): string {
  return hostVariable === "both"
    ? `redis_host = os.environ.get("REDIS_IP") or os.environ.get("REDIS_HOST", "127.0.0.1")`
    : `redis_host = os.environ.get("${hostVariable}", "127.0.0.1")`;
}

/** The lines that make the queue and the clients, in jobs.py or in a module of their own. */
export function clientLines(choices: Choices): string {
  const { redisClass, queueDb, jobsDb, decoding } = choices;
  const { data, results } = databasesOf(choices);
  const client = (db: number): string =>
    `redis.${redisClass}(host=redis_host, port=6379, db=${db}${decoding === "client" ? ", decode_responses=True" : ""})`;
  return `\
${hostLine(choices)}

q = HotQueue("queue", host=redis_host, port=6379, db=${queueDb})
rd = ${client(jobsDb)}
data_db = ${client(data)}
results_db = ${client(results)}
`;
}

/** redis_clients.py, where the clients have a module of their own. */
export function clientsFile(choices: Choices): string {
  return `\
import os

import redis
from hotqueue import HotQueue

${clientLines(choices)}`;
}
