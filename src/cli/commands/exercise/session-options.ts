import { randomBytes } from "node:crypto";
import { relative } from "node:path";
import { type SessionOptions } from "../../../course/session.js";
import { findTarget } from "../../open-queue.js";
import { shellWord } from "../../shell-word.js";
import { type Job } from "./job.js";

export function sessionOptions({ context, folder, loaded, options }: Job): SessionOptions {
  const shown = relative(process.cwd(), folder);
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
    env: context.env,
    assets: context.assets,
    home: context.home,
    keepsProgress: true,
    signal: context.signal,
  };
}
