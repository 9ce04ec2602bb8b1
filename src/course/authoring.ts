/** All that an exercise may import: what it is made of, and the words for its rules. */
export { type Judgement } from "../check/verdict.js";
export { type ComposeFile } from "../check/probes/compose-file.js";
export {
  type ComposeProbe,
  type DataFolder,
  type Reach,
  type ServiceContainer,
} from "../check/probes/compose-probe.js";
export { type Traffic } from "../check/probes/traffic.js";
export { type PythonAnswer } from "../check/probes/python-in-container.js";
export { type OtherRedis, type Place, type Probes } from "../check/probes/probes.js";
export { type Batch, type TwoWorkersRun, type WorkerRun } from "../check/python/worker-run.js";
export { type Delivery, delayOf, type Put, type QueueTrace } from "../check/trace/queue-trace.js";
export { findReturns, type Hold } from "../check/trace/hold.js";
export { type MessageRun, type MoreRuns, type Started as StartedWork } from "../check/python/message-run.js";
export { readMessage } from "../check/trace/describe-message.js";
export { explainTraceback } from "../check/python/explain-traceback.js";
export { showTraceback } from "../check/python/traceback.js";
export { type Client, type Definition, type Module, type Project } from "../check/source/project.js";
export { type Finding } from "../check/source/finding.js";
export { placeOfStatus } from "../check/source/status-place.js";
export { type ImportOutcome, type ImportRun } from "../check/python/import-run.js";
export { explainStart } from "../check/jobs/explain-start.js";
export { type StoredKey } from "../check/jobs/store.js";
export {
  answerOf,
  jobIdOf,
  type Queued,
  queuedBy,
  recordsOf,
  type Submission,
} from "../check/jobs/submission.js";
export { type SubmitRun } from "../check/jobs/submit-run.js";
export { type DefaultRun } from "../check/jobs/default-run.js";
export { type SystemRun } from "../check/jobs/system-run.js";
export { isFine } from "../check/jobs/data-run.js";
export { isNoRoute, readable, saysSomething, statusIn } from "../check/jobs/status-answers.js";
export { type JobRun, type WorkRun } from "../check/jobs/work-run.js";
export { type Exercise, type Hints, type Question, type Step } from "./exercise.js";
export { blocked, notYet, passed } from "./judgements.js";
