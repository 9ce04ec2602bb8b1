/** In which ways correct code of the jobs API differs, as counted in students' folders. */
export const OPTIONS = {
  framework: ["flask", "fastapi"],
  layout: ["", "src", "source"],
  apiFile: ["api", "app", "flask_api", "birds_api"],
  hostVariable: ["REDIS_IP", "REDIS_HOST", "both"],
  jobKey: ["", "job.", "job:"],
  record: ["hset", "hmset", "json"],
  queueDb: [1, 2, 4, 10],
  jobsDb: [0, 2],
  start: ["module", "guarded", "main"],
  decorator: ["bare", "called"],
  words: ["plain", "short", "enum"],
  clients: ["in jobs", "in a module"],
  redisClass: ["Redis", "StrictRedis"],
  decoding: ["client", "by hand"],
  jobList: ["ids", "records"],
  redisService: ["redis-db", "redis", "redis_db"],
} as const;

export type Dimension = keyof typeof OPTIONS;

/** One option for each dimension. */
export type Choices = { [D in Dimension]: (typeof OPTIONS)[D][number] };

export const DIMENSIONS = Object.keys(OPTIONS) as Dimension[];

/** Nobody calls a FastAPI program flask_api.py, and a queue among the records is a mistake of its own. */
export function isPossible({ apiFile, framework, queueDb, jobsDb }: Partial<Choices>): boolean {
  return !(apiFile === "flask_api" && framework === "fastapi") && !(queueDb === 2 && jobsDb === 2);
}

/** The words of the three statuses. */
export const WORDS = {
  plain: ["submitted", "in progress", "complete"],
  short: ["submitted", "running", "done"],
  enum: ["SUBMITTED", "RUNNING", "SUCCESS"],
} as const;
