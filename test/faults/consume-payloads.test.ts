import { describePayloads } from "./support/consume-payloads.js";
import { FUZZ_RUNS } from "./support/fuzz.js";

describePayloads({ runs: FUZZ_RUNS, batches: Math.ceil(FUZZ_RUNS / 2000) });
