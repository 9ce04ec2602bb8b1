import { type SessionOptions } from "../../../course/session.js";
import { findTarget } from "../../open-queue.js";
import { type Job } from "./job.js";

export function sessionOptions({ context, folder, loaded, options }: Job): SessionOptions {
  return {
    exercise: loaded.exercise,
    target: findTarget(context),
    redisUrl: context.settings.redisUrl,
    folder,
    queue: context.settings.queue,
    python: options.python,
    seed: options.seed,
    env: context.env,
    assets: context.assets,
    home: context.home,
    keepsProgress: true,
    signal: context.signal,
  };
}
