import { type Finding as AnyFinding } from "../../text/finding.js";

/** What can be wrong in Python code. */
export type FindingKind =
  /** Python cannot read the file. */
  | "syntax-error"
  /** A placeholder where something is to be put. */
  | "unfinished"
  | "undefined-name"
  /** A name is imported, or asked of a module, that it does not have. */
  | "name-not-there"
  /** A name with a leading underscore, used from another module. */
  | "private-used"
  | "circular-import"
  | "worker-imports-api"
  | "jobs-imports-others"
  | "wrong-arguments"
  | "unknown-method"
  /** A second queue object on the same queue, in another module. */
  | "queue-made-again"
  /** One name for Redis clients on two databases. */
  | "client-on-two-dbs"
  /** The queue is in the database of the job records. */
  | "queue-in-records-db"
  /** The host of Redis is written into the code. */
  | "host-literal"
  /** The queue and the client, or two modules, take the host from different places. */
  | "hosts-differ"
  /** Producer and consumer use different queues. */
  | "queue-differs"
  | "worker-not-decorated"
  | "worker-not-started"
  /** A parameter gets another value before it is used. */
  | "parameter-overwritten"
  | "decode-on-text"
  /** json.dumps is given what JSON has no form for. */
  | "value-not-json"
  /** A function or method is named as a line of its own, and not called. */
  | "not-called"
  /** `except A or B`, which catches A alone. */
  | "except-or"
  /** A text with the names of variables in braces, and no f before it. */
  | "f-missing"
  /** A status says another stage of the job than the one it is in. */
  | "status-not-as-asked"
  /** The code reads a variable that Compose does not set. */
  | "compose-variable-missing"
  /** Compose sets a variable that the code does not read. */
  | "compose-variable-ignored";

export type Finding = AnyFinding<FindingKind>;
