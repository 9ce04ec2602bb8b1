import { FUZZ_RUNS } from "./fuzz.js";
import { describeStudentFiles } from "./student-files.js";

describeStudentFiles({ runs: Math.ceil(FUZZ_RUNS / 20), processes: Math.ceil(FUZZ_RUNS / 2000) });
