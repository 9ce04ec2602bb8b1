import { FUZZ_RUNS } from "./fuzz.js";
import { describeKeptFiles } from "./kept-files.js";

describeKeptFiles({ runs: Math.ceil(FUZZ_RUNS / 40), processes: Math.ceil(FUZZ_RUNS / 2000) });
