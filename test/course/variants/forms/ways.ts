import { type Table } from "../pairwise.js";

/** The ways in which students' whole systems differ that nobody wrote for tq. */
const WAYS = {
  framework: ["flask", "fastapi"],
  topic: ["lighthouses", "glaciers", "owls", "comets"],
  /** Where the modules lie, and from where they are started. */
  layout: ["flat", "src", "from-above", "package", "folders", "web_app"],
  /** Where the Compose file lies, as seen from the folder that is checked. */
  compose: ["beside", "above", "docker"],
  /** Which route makes a job, and how it takes what the job is about. */
  job: ["/jobs", "/run", "/jobs/image", "/jobs/request/<word>", "/jobs/<function>", "/submit", "query"],
  /** Where the data come from. */
  data: ["file", "beside", "code", "start", "none", "web"],
  /** What a job is about. */
  body: ["range", "dates", "kind", "topic", "code", "month", "plot", "ids", "record", "letters"],
  /** What is demanded of it by a cast or a type, or by a test. */
  demand: ["cast", "test"],
  /** The job's record in Redis: JSON text, a hash, or a pydantic model's JSON. */
  record: ["json", "hash", "model"],
  /** The words of its statuses. */
  words: ["course", "queued", "friendly", "working", "enum-texts", "enum-numbers"],
  /** Whether a job that cannot be done is said to have failed. */
  failure: ["none", "failed"],
  /** Results in a database of their own, there in a hash, or as a field of the record. */
  results: ["database", "hash", "record"],
  /** What a result is. */
  made: ["json", "picture", "markdown", "base64", "csv", "text"],
  /** Where the worker or the API writes a file in between. */
  paths: ["none", "/app", "/", "relative"],
  dbs: ["usual", "older", "odd"],
  jobKey: ["", "job.", "job:"],
  idName: ["id", "jid", "job_id"],
  /** The routes of the application, or of a part of it with a prefix. */
  mounted: ["app", "prefix"],
  /** A handler for each method, or one that asks which it is. */
  handlers: ["apart", "together"],
  /** Whether the data can be deleted, which nobody asks for. */
  deletes: ["no", "yes"],
  /** How the answer to a job tells its id. */
  answer: ["record", "nested", "sentence", "header"],
  sentAs: ["json", "html"],
  list: ["ids", "records", "by-id"],
  status: ["/jobs/<id>", "text", "/status/<id>", "/jobs/status/<id>", "/job_status", "list"],
  result: ["/results/<id>", "/download/<id>", "/jobs/results/<id>", "/output", "/jobs/<id>/results", "none"],
  /** Who asks for a result too early. */
  early: [200, 202, 400, 404, 409],
  /** With what the data are fetched, where they come from the web. */
  fetch: ["requests", "urllib", "csv"],
  load: ["/data", "body", "/set", "things-first"],
  stored: ["hash", "keys", "text"],
  dataRoutes: ["course", "things", "few"],
  /** Which variables lead to Redis. */
  variables: ["REDIS_IP", "required", "REDIS_HOST", "REDIS_PORT", "REDIS_URL"],
  /** And what else is read from the environment, or the worker from its command. */
  others: ["none", "LOG_LEVEL", "WORKER_IP", "FLASK_IP", "QUEUE_NAME", "argument"],
  /** Who sets them. */
  setIn: ["list", "map", "env_file", ".env", "dockerfile"],
  /** What fills the image. */
  image: ["pip", "uv"],
  consumer: ["@q.worker", "@q.worker()", "q.get", "q.consume"],
  /** What the queue carries. */
  message: ["id", "job"],
  start: ["module", "guard"],
  server: ["file", "command"],
  work: ["sleep", "none"],
} as const;

export type FormChoices = { -readonly [W in keyof typeof WAYS]: (typeof WAYS)[W][number] };

/** The bodies that are one word, and so can stand in a path. */
const ONE_WORD = ["kind", "topic", "code", "record", "letters"];

/** Those whose values only the loaded data give. */
const FROM_DATA = ["topic", "code", "ids", "record"];

/** What cannot stand together, each with its reason. */
const IMPOSSIBLE: readonly ((choices: Partial<FormChoices>) => boolean)[] = [
  // FastAPI takes a form only with another package.
  ({ job, framework }) => job === "/run" && framework === "fastapi",
  ({ job, body }) => job === "/jobs/request/<word>" && body !== undefined && !ONE_WORD.includes(body),
  // FastAPI has a handler for each.
  ({ handlers, framework }) => handlers === "together" && framework === "fastapi",
  // A query has no list.
  ({ job, body }) => job === "query" && body === "ids",
  ({ data, body }) => data === "none" && body !== undefined && FROM_DATA.includes(body),
  // The enum belongs to the newest edition's model.
  ({ words, record }) => words?.startsWith("enum") === true && record !== undefined && record !== "model",
  // A model has the fields that it declares.
  ({ results, record }) => results === "record" && record === "model",
  ({ words, results }) => words?.startsWith("enum") === true && results === "record",
  // Bytes are no JSON.
  ({ results, record, made }) => results === "record" && record === "json" && made === "picture",
  // Where no route answers it, the result stands in the record that is answered.
  ({ result, results, record, status, words, made }) =>
    result === "none" &&
    ((results !== undefined && results !== "record") ||
      (record !== undefined && record !== "json") ||
      ["text", "list"].includes(status ?? "") ||
      words?.startsWith("enum") === true ||
      made === "picture"),
  // The list of all ids says no status.
  ({ status, list }) => status === "list" && list === "ids",
  // Who has no file for the server tells its command another address.
  ({ others, server }) => others === "FLASK_IP" && server === "command",
];

function isPossible(choices: Partial<FormChoices>): boolean {
  return !IMPOSSIBLE.some((isOut) => isOut(choices));
}

export const TABLE: Table<FormChoices> = { ways: WAYS, isPossible, takesTurns: true };
