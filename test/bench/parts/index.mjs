import { bulk } from "./bulk.mjs";
import { checks } from "./checks.mjs";
import { concurrency } from "./concurrency.mjs";
import { consume } from "./consume.mjs";
import { drain } from "./drain.mjs";
import { firstChecks } from "./first-checks.mjs";
import { latency } from "./latency.mjs";
import { recovery } from "./recovery.mjs";
import { scaling } from "./scaling.mjs";
import { size } from "./size.mjs";
import { startUp } from "./start-up.mjs";

export const parts = [
  startUp,
  consume,
  concurrency,
  bulk,
  drain,
  latency,
  scaling,
  recovery,
  firstChecks,
  checks,
  size,
];
