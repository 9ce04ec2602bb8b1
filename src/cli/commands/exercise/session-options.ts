import { type SessionOptions } from "../../../course/session.js";
import { findTarget } from "../../open-queue.js";
import { type Job } from "./job.js";

export function sessionOptions({ context, folder, loaded }: Job): SessionOptions {
  return {
    exercise: loaded.exercise,
    target: findTarget(context),
    redisUrl: context.settings.redisUrl,
    folder,
    home: context.home,
    signal: context.signal,
  };
}
