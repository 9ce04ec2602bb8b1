/** All that an exercise may import: what it is made of, and the words for its rules. */
export { type Judgement } from "../verdict/verdict.js";
export { type ComposeFile } from "../compose/compose-file.js";
export {
  type ComposeProbe,
  type DataFolder,
  type Reach,
  type ServiceContainer,
} from "../subjects/containers/probe.js";
export { type Traffic } from "../lab/trace/traffic.js";
export { type PythonAnswer } from "../subjects/containers/python-in-container.js";
export { type Place } from "../lab/place.js";
export { type OtherRedis, type Probes } from "../subjects/probes.js";
export { type Batch, type TwoWorkersRun, type WorkerRun } from "../subjects/echo-worker/worker-run.js";
export { type Delivery, delayOf, type Put, type QueueTrace } from "../lab/trace/queue-trace.js";
export { findReturns, type Hold } from "../lab/trace/hold.js";
export {
  type MessageRun,
  type MoreRuns,
  type Started as StartedWork,
} from "../subjects/messages/message-run.js";
export { readMessage } from "../lab/trace/describe-message.js";
export { explainLimit } from "../lab/python/explain-limit.js";
export { explainTraceback } from "../lab/python/explain-traceback.js";
export { describeStuck } from "../lab/program/stuck.js";
export { showTraceback } from "../lab/python/traceback.js";
export { type Client, type Definition, type Module, type Project } from "../subjects/python-code/project.js";
export { type Finding } from "../text/finding.js";
export { placeOfStatus } from "../subjects/python-code/status-place.js";
export { type ImportOutcome, type ImportRun } from "../subjects/python-code/import-run.js";
export { type StackRun } from "../subjects/celery/stack-run.js";
export { LONG, SLOW } from "../subjects/celery/load-run.js";
export { type BodyName, bodyOf, type TaskRun, type WebRun } from "../subjects/celery/code-runs.js";
export { type StackService, type StackServices } from "../subjects/celery/services.js";
export { type CeleryFiles, type CeleryProbe } from "../subjects/celery/probe.js";
export { explainStart } from "../subjects/jobs/explain-start.js";
export { type StoredKey } from "../lab/private-redis/store.js";
export {
  answerOf,
  isQueuedFirst,
  jobIdOf,
  type Queued,
  queuedBy,
  recordsOf,
  type Submission,
} from "../subjects/jobs/submission.js";
export { type SubmitRun } from "../subjects/jobs/submit-run.js";
export { type DefaultRun } from "../subjects/jobs/default-run.js";
export { type SystemRun } from "../subjects/jobs/system-run.js";
export { isFine } from "../subjects/jobs/data-run.js";
export { hasFirstResult, takenOver } from "../subjects/jobs/other-jobs.js";
export { isNoRoute, readable, saysSomething, statusIn } from "../subjects/jobs/status-answers.js";
export { type JobRun, type WorkRun } from "../subjects/jobs/work-run.js";
export { type ManifestFinding, showPlace } from "../subjects/kubernetes/manifests/manifest.js";
export { type Manifests } from "../subjects/kubernetes/manifests/manifests.js";
export { isRedisImage, sleeps, type Workload } from "../subjects/kubernetes/workloads.js";
export { portsOf, serviceFor } from "../subjects/kubernetes/findings/services.js";
export { redisAddresses } from "../subjects/kubernetes/findings/addresses.js";
export { type LeftOut } from "../subjects/kubernetes/cluster/left-out.js";
export { type Applied, type Removal } from "../subjects/kubernetes/cluster/trial.js";
export {
  allTroubles,
  decidedTrouble,
  isReady,
  type Readiness,
  showProgress,
} from "../subjects/kubernetes/cluster/readiness.js";
export { type Trouble } from "../subjects/kubernetes/cluster/trouble.js";
export { type Exchange, type Sharing } from "../subjects/kubernetes/probe.js";
export { type Exercise, type Hints, type Question, type Step } from "./exercise.js";
export { blocked, notYet, passed } from "../verdict/judgements.js";
