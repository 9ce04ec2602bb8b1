import { randomBytes } from "node:crypto";
import { readProgress } from "../../../course/progress.js";
import { type SessionOptions } from "../../../course/session.js";
import { findTarget } from "../../open-queue.js";
import { type Job } from "./job.js";

export function sessionOptions({
  context,
  folder,
  shownFolder,
  command,
  loaded,
  options,
}: Job): SessionOptions {
  const { since } = readProgress(context.home, loaded.exercise.slug);
  return {
    exercise: loaded.exercise,
    target: findTarget(context),
    redisUrl: context.settings.redisUrl,
    folder,
    shownFolder,
    queue: context.settings.queue,
    python: options.python,
    seed: options.seed ?? randomBytes(4).toString("hex"),
    allowNetwork: options.allowNetwork ?? false,
    record: options.record ?? false,
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
      checkCommand: `${command} --check`,
      progress: (line) => {
        context.notes.say(line);
      },
    },
    env: context.env,
    assets: context.assets,
    home: context.home,
    keepsProgress: true,
    since: since === null ? undefined : Date.parse(since) / 1000,
    signal: context.signal,
  };
}
