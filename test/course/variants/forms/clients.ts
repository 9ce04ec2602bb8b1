import { type FormChoices } from "./ways.js";

/** Which database holds what. */
interface Dbs {
  data: number;
  queue: number;
  jobs: number;
  results: number;
}

const DBS: Record<FormChoices["dbs"], Dbs> = {
  usual: { data: 0, queue: 1, jobs: 2, results: 3 },
  older: { data: 3, queue: 1, jobs: 0, results: 2 },
  odd: { data: 1, queue: 4, jobs: 2, results: 0 },
};

function dbsOf({ dbs }: FormChoices): Dbs {
  return DBS[dbs];
}

/** Whether the result lies in a database of its own. */
function hasResultsDb({ results }: FormChoices): boolean {
  return results !== "record";
}

/** The lines of jobs.py that make the clients; what comes from Redis there is bytes. */
export function makeClients(choices: FormChoices): string {
  const { data, queue, jobs, results } = dbsOf(choices);
  const { variables, others } = choices;
  const name = others === "QUEUE_NAME" ? "os.environ['QUEUE_NAME']" : "'queue'";
  if (variables === "REDIS_URL") {
    const client = (db: number): string => `redis.Redis.from_url(redis_url, db=${db})`;
    return lines(
      "redis_url = os.environ['REDIS_URL']",
      "",
      `rd = ${client(data)}`,
      `q = HotQueue(${name}, connection_pool=redis.ConnectionPool.from_url(redis_url, db=${queue}))`,
      `jdb = ${client(jobs)}`,
      hasResultsDb(choices) ? `res = ${client(results)}` : "",
    );
  }
  const port = variables === "REDIS_PORT" ? "redis_port" : "6379";
  const client = (db: number): string => `redis.Redis(host=redis_host, port=${port}, db=${db})`;
  return lines(
    ...hostOf(choices),
    "",
    `rd = ${client(data)}`,
    `q = HotQueue(${name}, host=redis_host, port=${port}, db=${queue})`,
    `jdb = ${client(jobs)}`,
    hasResultsDb(choices) ? `res = ${client(results)}` : "",
  );
}

function hostOf({ variables }: FormChoices): string[] {
  switch (variables) {
    case "REDIS_IP":
      return ["redis_host = os.environ.get('REDIS_IP', 'redis-db')"];
    case "required":
      return [
        "redis_host = os.environ.get('REDIS_IP')",
        "if not redis_host:",
        "    raise Exception('REDIS_IP is not set')",
      ];
    case "REDIS_HOST":
      return ["redis_host = os.getenv('REDIS_HOST', 'localhost')"];
    case "REDIS_PORT":
    case "REDIS_URL":
      return ["redis_host = os.environ['REDIS_HOST']", "redis_port = int(os.environ['REDIS_PORT'])"];
  }
}

function lines(...all: string[]): string {
  return all.join("\n").trim();
}

/** What a program's containers are told, by name; the Redis service is called redis-db. */
export function environmentOf({ variables, others }: FormChoices): Record<string, string> {
  const leads: Record<FormChoices["variables"], Record<string, string>> = {
    REDIS_IP: { REDIS_IP: "redis-db" },
    required: { REDIS_IP: "redis-db" },
    REDIS_HOST: { REDIS_HOST: "redis-db" },
    REDIS_PORT: { REDIS_HOST: "redis-db", REDIS_PORT: "6379" },
    REDIS_URL: { REDIS_URL: "redis://redis-db:6379" },
  };
  const more: Record<FormChoices["others"], Record<string, string>> = {
    none: {},
    LOG_LEVEL: { LOG_LEVEL: "INFO" },
    WORKER_IP: { WORKER_IP: "worker-one" },
    FLASK_IP: { FLASK_IP: "0.0.0.0" },
    QUEUE_NAME: { QUEUE_NAME: "night-shift" },
    argument: {},
  };
  return { ...leads[variables], ...more[others] };
}
