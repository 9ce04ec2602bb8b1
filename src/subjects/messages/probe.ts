import { existsSync } from "node:fs";
import { join } from "node:path";
import { findPython } from "../../lab/python/find-python.js";
import { type MessageRun, runMessages } from "./message-run.js";
import { type Keep } from "../../lab/private-redis/private-server.js";
import { copyFolder } from "../../lab/files/student-copy.js";
import { once } from "../../lab/once.js";
import { type StudentFiles } from "../../lab/python/student-files.js";

export interface MessageProbeOptions extends StudentFiles {
  /** The database that the student's file is to use. */
  db: number;
  seed: string;
  allowNetwork: boolean;
  keep: Keep;
}

/** The student's work.py, which is started for each message: run as a copy against private Redis servers. */
export interface MessageProbe {
  file: string;
  /** Null where there is no such file. Throws `TqError` (exit 3) where no Python can run it. */
  run: () => Promise<MessageRun | null>;
}

const FILE = "work.py";

export function createMessageProbe(options: MessageProbeOptions): MessageProbe {
  const { folder, assets, home, env, python: wanted, container, allowNetwork, ...others } = options;
  return {
    file: FILE,
    run: once(async () => {
      if (!existsSync(join(folder, FILE))) return null;
      const { start } = await findPython({ wanted, env, folder, home, container, packages: ["redis"] });
      await using copy = await copyFolder(folder);
      const runtime = join(assets, "python");
      const sandbox = { python: start, folder: copy.folder, runtime, env, allowNetwork };
      return await runMessages({ ...others, sandbox, file: FILE });
    }),
  };
}
