import { existsSync } from "node:fs";
import { join } from "node:path";
import { type MessageRun, runMessages } from "./message-run.js";
import { runCopy } from "../../lab/program/run-copy.js";
import { type Lab, type Subject } from "../subject.js";
import { once } from "../../lab/once.js";

export { type MessageRun, type MoreRuns, type Started as StartedWork } from "./message-run.js";

/** The student's work.py, which is started for each message: run as a copy against private Redis servers. */
export interface MessageProbe {
  file: string;
  /** Null where there is no such file. Throws `TqError` (exit 3) where no Python can run it. */
  run: () => Promise<MessageRun | null>;
}

const FILE = "work.py";

export const subject: Subject<MessageProbe> = {
  fromFiles: true,
  open: (lab) => ({ probe: () => createMessageProbe(lab) }),
};

function createMessageProbe(lab: Lab): MessageProbe {
  const { folder, place, seed, keep, signal } = lab;
  return {
    file: FILE,
    run: once(async () => {
      if (!existsSync(join(folder, FILE))) return null;
      return await runCopy(lab, ["redis"], (sandbox) =>
        runMessages({ sandbox, file: FILE, db: place.queue.db, seed, keep, signal }),
      );
    }),
  };
}
