import { describeDefinitions } from "../faults/support/definitions.js";
import { describeKeptFiles } from "../faults/support/kept-files.js";
import { describeOddFolders } from "../faults/support/odd-folders.js";
import { describeStudentFiles } from "../faults/support/student-files.js";

// A look at each kind of input; npm run test:faults tries them by the ten thousand.
describeKeptFiles({ runs: 8, processes: 0 });
describeStudentFiles({ runs: 8, processes: 0 });
describeDefinitions(30);
describeOddFolders({ runs: 6, exercises: [2, 4, 8] });
