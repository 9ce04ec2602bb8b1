/** What every exercise may import: what it is made of, and the words for its rules. The rest comes from its subjects' doors. */
export { type Judgement } from "../verdict/verdict.js";
export { type Traffic } from "../lab/trace/traffic.js";
export { type Place } from "../lab/place.js";
export { shellCommand, shellWord } from "../text/shell-word.js";
export { type Delivery, delayOf, type Put, type QueueTrace } from "../lab/trace/queue-trace.js";
export { endedOfQuiet } from "../lab/trace/left-waiting.js";
export { findReturns, type Hold } from "../lab/trace/hold.js";
export { readMessage } from "../lab/trace/describe-message.js";
export { explainLimit } from "../lab/python/explain-limit.js";
export { explainPrinted } from "../lab/python/explain-printed.js";
export { explainTraceback } from "../lab/python/explain-traceback.js";
export { describeStuck } from "../lab/program/stuck.js";
export { showTraceback, type Traceback } from "../lab/python/traceback.js";
export { type Finding } from "../text/finding.js";
export { type StoredKey } from "../lab/private-redis/store.js";
export { type EditionWords, type Exercise, type Hints, type Question, type Step } from "./exercise.js";
export { blocked, notYet, passed, waitsFor } from "../verdict/judgements.js";
export { type Probes } from "../subjects/index.js";
