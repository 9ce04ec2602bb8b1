import { FUZZ_RUNS } from "./support/fuzz.js";
import { describeStudentFiles } from "./support/student-files.js";

describeStudentFiles({ runs: Math.ceil(FUZZ_RUNS / 20), processes: Math.ceil(FUZZ_RUNS / 2000) });
