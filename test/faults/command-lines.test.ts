import { describeCommandLines } from "./support/command-lines.js";
import { FUZZ_RUNS } from "./support/fuzz.js";

describeCommandLines({ runs: Math.ceil(FUZZ_RUNS / 200), names: Math.ceil(FUZZ_RUNS / 200) });
