import { type FormChoices } from "./ways.js";

interface Words {
  first: string;
  running: string;
  done: string;
  failed: string;
}

const WORDS: Record<FormChoices["words"], Words> = {
  course: { first: "submitted", running: "in progress", done: "complete", failed: "failed" },
  queued: { first: "queued", running: "running", done: "finished", failed: "error" },
  friendly: { first: "Pending", running: "In Progress", done: "Completed", failed: "Failed" },
  working: { first: "submitted", running: "working", done: "done", failed: "failed" },
  "enum-texts": {
    first: "QUEUED",
    running: "RUNNING",
    done: "FINISHED -- SUCCESS",
    failed: "FINISHED -- ERROR",
  },
  "enum-numbers": { first: "1", running: "2", done: "4", failed: "3" },
};

/** The words, as a program answers them. */
export function wordsOf({ words }: Pick<FormChoices, "words">): Words {
  return WORDS[words];
}

/** The same as its code has them. */
export function statusCode({ words }: FormChoices): Words {
  if (words.startsWith("enum")) {
    const of = (name: string): string => `JobStatus.${name}`;
    return { first: of("QUEUED"), running: of("RUNNING"), done: of("SUCCESS"), failed: of("ERROR") };
  }
  const { first, running, done, failed } = WORDS[words];
  return { first: `'${first}'`, running: `'${running}'`, done: `'${done}'`, failed: `'${failed}'` };
}

/** The Enum's class; empty where the words are plain text. */
export function statusClass({ words }: FormChoices): string {
  if (words === "enum-texts")
    return `
class JobStatus(str, Enum):
    QUEUED = 'QUEUED'
    RUNNING = 'RUNNING'
    ERROR = 'FINISHED -- ERROR'
    SUCCESS = 'FINISHED -- SUCCESS'`;
  if (words === "enum-numbers")
    return `
class JobStatus(Enum):
    QUEUED = 1
    RUNNING = 2
    ERROR = 3
    SUCCESS = 4`;
  return "";
}
