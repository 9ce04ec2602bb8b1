import { describeChecks } from "./variants/describe-checks.js";
import { listSample } from "./variants/variants.js";

describeChecks(listSample());
