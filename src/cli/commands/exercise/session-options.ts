import { randomBytes } from "node:crypto";
import { isAbsolute, relative } from "node:path";
import { type SessionOptions } from "../../../course/session.js";
import { findTarget } from "../../open-queue.js";
import { shellWord } from "../../../text/shell-word.js";
import { type Job } from "./job.js";

export function sessionOptions({ context, folder, loaded, options }: Job): SessionOptions {
  const inside = relative(process.cwd(), folder);
  const shown = inside.startsWith("..") || isAbsolute(inside) ? folder : inside;
  return {
    exercise: loaded.exercise,
    target: findTarget(context),
    redisUrl: context.settings.redisUrl,
    folder,
    shownFolder: shown === "" ? "" : shellWord(shown),
    queue: context.settings.queue,
    python: options.python,
    seed: options.seed ?? randomBytes(4).toString("hex"),
    allowNetwork: options.allowNetwork ?? false,
    url: options.url,
    job: options.job,
    systemFile: options.system,
    slow: options.slow ?? false,
    report: (line) => {
      context.notes.progress(() => line);
    },
    keep: undefined,
    cluster: {
      reads: true,
      consent: null,
      checkCommand: ["tq exercise", loaded.exercise.number, shown === "" ? "" : shellWord(shown), "--check"]
        .filter((word) => word !== "")
        .join(" "),
      progress: (line) => {
        context.notes.say(line);
      },
    },
    env: context.env,
    assets: context.assets,
    home: context.home,
    keepsProgress: true,
    signal: context.signal,
  };
}
