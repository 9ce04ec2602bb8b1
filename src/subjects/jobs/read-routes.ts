import { notesOf } from "../../lab/program/program-notes.js";
import { RunRedis } from "../../lab/private-redis/run-redis.js";
import { ApiProgram } from "./api-program.js";
import { type Route } from "./routes/route.js";
import { type JobsRunOptions, programFor } from "./run-options.js";

/** The framework's own table of routes, for which the student's API is started and asked nothing; null where it does not start. */
export async function readRoutes(options: JobsRunOptions): Promise<readonly Route[] | null> {
  const { api: file, signal } = options;
  await using redis = await RunRedis.open("the table of routes", { keep: undefined });
  await using api = await ApiProgram.run(
    file,
    { ...programFor(options, file, redis.port), routes: true },
    signal,
  );
  return notesOf(api.notes, "routes")[0]?.routes ?? null;
}
