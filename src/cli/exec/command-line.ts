import { split } from "shlex";
import { TqError } from "../../errors.js";

/** What is started for each message. */
export interface CommandLine {
  /** As it was given. */
  text: string;
  program: string;
  args: readonly string[];
}

/** The command as words, quoted as in a shell; nothing else of a shell is known. `shell`: one reads it whole. */
export function readCommandLine(text: string, shell: boolean): CommandLine {
  if (shell) return { text, program: "/bin/sh", args: ["-c", text] };
  const [program, ...args] = splitWords(text);
  if (program) return { text, program, args };
  throw new TqError("--exec names no command", { code: "bad-exec", exitCode: 2 });
}

function splitWords(text: string): string[] {
  try {
    return split(text);
  } catch (error) {
    throw new TqError(`--exec cannot be read: ${(error as Error).message}`, {
      code: "bad-exec",
      exitCode: 2,
      hint: "Words are quoted as in a shell:  --exec 'python work.py \"two words\"'",
      cause: error,
    });
  }
}
