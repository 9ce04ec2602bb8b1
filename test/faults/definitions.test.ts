import { describeDefinitions } from "./definitions.js";
import { FUZZ_RUNS } from "./fuzz.js";

describeDefinitions(Math.ceil(FUZZ_RUNS / 20));
