import { describePayloads } from "./consume-payloads.js";
import { FUZZ_RUNS } from "./fuzz.js";

describePayloads({ runs: FUZZ_RUNS, batches: Math.ceil(FUZZ_RUNS / 2000) });
