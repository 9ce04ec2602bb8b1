import { FUZZ_RUNS } from "./support/fuzz.js";
import { describeKeptFiles } from "./support/kept-files.js";

describeKeptFiles({ runs: Math.ceil(FUZZ_RUNS / 40), processes: Math.ceil(FUZZ_RUNS / 2000) });
