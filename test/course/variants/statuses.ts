import { type Choices } from "./choices.js";

/** A program's words for a job's three stages, as they are stored. */
export interface Words {
  submitted: string;
  running: string;
  done: string;
}

export function wordsOf({ statuses }: Choices): Words {
  switch (statuses) {
    case "complete":
      return { submitted: "submitted", running: "in progress", done: "complete" };
    case "done":
      return { submitted: "submitted", running: "running", done: "done" };
    case "enum":
      return { submitted: "SUBMITTED", running: "RUNNING", done: "SUCCESS" };
  }
}

/** The same as Python's code has them. */
export function statusCode(choices: Choices): Words {
  const { submitted, running, done } = wordsOf(choices);
  const code = (word: string): string => (choices.statuses === "enum" ? `Status.${word}` : `'${word}'`);
  return { submitted: code(submitted), running: code(running), done: code(done) };
}

/** The Enum's class; empty where the words are plain text. */
export function statusClass(choices: Choices): string {
  if (choices.statuses !== "enum") return "";
  const words = Object.values(wordsOf(choices)) as string[];
  return ["class Status(Enum):", ...words.map((word) => `    ${word} = '${word}'`)].join("\n");
}
