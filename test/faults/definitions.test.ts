import { describeDefinitions } from "./support/definitions.js";
import { FUZZ_RUNS } from "./support/fuzz.js";

describeDefinitions(Math.ceil(FUZZ_RUNS / 20));
