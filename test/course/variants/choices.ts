import { type Table } from "./pairwise.js";

/** The ways in which correct students' programs differ, each with what was found in their work. */
export const WAYS = {
  /** Folder of the modules. */
  layout: ["", "src", "source"],
  /** Name of the API's module; `topic` is the topic's own, such as quake_api.py. */
  apiFile: ["api", "app", "flask_api", "topic"],
  framework: ["flask", "fastapi"],
  /** What the data are about. */
  topic: ["quake", "planet", "gene"],
  dataIn: ["code", "file"],
  host: ["REDIS_IP", "REDIS_HOST", "both"],
  service: ["redis-db", "redis", "redis_db"],
  /** In front of a job's id, in its key. */
  jobKey: ["", "job.", "job:"],
  record: ["hset", "hmset", "json"],
  queueDb: [1, 2, 4, 10],
  jobsDb: [0, 2],
  /** Results in a database of their own, or as a field of the record. */
  results: ["database", "record"],
  consumer: ["@q.worker", "@q.worker()", "q.get"],
  start: ["module", "guard", "main"],
  statuses: ["complete", "done", "enum"],
  clientsIn: ["jobs", "module"],
  redisClass: ["Redis", "StrictRedis"],
  /** Text from Redis: by the client, or by decode() where it is read. */
  decode: ["client", "hand"],
  /** What `GET /jobs` lists. */
  list: ["ids", "records"],
  imports: ["names", "module"],
  unknownId: ["raise", "print"],
  /** Status of the answer to a job that was accepted, and to who asks for its results too early. */
  accepted: [200, 201, 202],
  early: [200, 202, 409],
  /** Who starts the server: python api.py, or the framework's own command. */
  server: ["file", "command"],
} as const;

export type Way = keyof typeof WAYS;
export type Choices = { -readonly [W in Way]: (typeof WAYS)[W][number] };

export const ways = Object.keys(WAYS) as Way[];

/** Pairs that nobody can choose together, each with its reason. */
const IMPOSSIBLE: readonly ((choices: Partial<Choices>) => boolean)[] = [
  // The name says Flask.
  ({ apiFile, framework }) => apiFile === "flask_api" && framework === "fastapi",
  // The queue in the records' database is one of the mistakes.
  ({ queueDb, jobsDb }) => queueDb === 2 && jobsDb === 2,
];

/** Also of a part of the choices: whether they can stand together. */
export function isPossible(choices: Partial<Choices>): boolean {
  return !IMPOSSIBLE.some((isOut) => isOut(choices));
}

export const TABLE: Table<Choices> = { ways: WAYS, isPossible };
