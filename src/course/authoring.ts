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
export { explainLimit } from "../check/python/explain-limit.js";
export { explainTraceback } from "../check/python/explain-traceback.js";
export { describeStuck } from "../check/python/stuck.js";
export { showTraceback } from "../check/python/traceback.js";
export { type Client, type Definition, type Module, type Project } from "../check/source/project.js";
export { type Finding } from "../check/source/finding.js";
export { placeOfStatus } from "../check/source/status-place.js";
export { type ImportOutcome, type ImportRun } from "../check/python/import-run.js";
export { type StackRun } from "../check/celery/stack-run.js";
export { LONG, SLOW } from "../check/celery/busy.js";
export { type BodyName, bodyOf, type TaskRun, type WebRun } from "../check/celery/code-runs.js";
export { type StackService, type StackServices } from "../check/celery/services.js";
export { type CeleryFiles, type CeleryProbe } from "../check/probes/celery-probe.js";
export { explainStart } from "../check/jobs/explain-start.js";
export { type StoredKey } from "../check/jobs/store.js";
export {
  answerOf,
  isQueuedFirst,
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
export { hasFirstResult, takenOver } from "../check/jobs/other-jobs.js";
export { isNoRoute, readable, saysSomething, statusIn } from "../check/jobs/status-answers.js";
export { type JobRun, type WorkRun } from "../check/jobs/work-run.js";
export { type ManifestFinding, showPlace } from "../check/kubernetes/manifest.js";
export { type Manifests } from "../check/kubernetes/manifests.js";
export { isRedisImage, sleeps, type Workload } from "../check/kubernetes/workloads.js";
export { portsOf, serviceFor } from "../check/kubernetes/findings/services.js";
export { redisAddresses } from "../check/kubernetes/findings/addresses.js";
export { type LeftOut } from "../check/kubernetes/cluster/left-out.js";
export { type Applied, type Removal } from "../check/kubernetes/cluster/trial.js";
export {
  allTroubles,
  decidedTrouble,
  isReady,
  type Readiness,
  showProgress,
} from "../check/kubernetes/cluster/readiness.js";
export { type Trouble } from "../check/kubernetes/cluster/trouble.js";
export { type Exchange, type Sharing } from "../check/probes/cluster-probe.js";
export { type Exercise, type Hints, type Question, type Step } from "./exercise.js";
export { blocked, notYet, passed } from "./judgements.js";
