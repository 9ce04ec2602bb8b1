import { FUZZ_RUNS } from "./support/fuzz.js";
import { describePasswords } from "./support/passwords.js";

describePasswords({ runs: Math.ceil(FUZZ_RUNS / 20), processes: 2 });
