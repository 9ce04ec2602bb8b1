import { describeCommandLines } from "../faults/support/command-lines.js";
import { describePayloads } from "../faults/support/consume-payloads.js";
import { describePasswords } from "../faults/support/passwords.js";

// A look at each kind of input; npm run test:faults tries them by the ten thousand.
describePayloads({ runs: 500, batches: 1 });
describeCommandLines({ runs: 4, names: 4 });
describePasswords({ runs: 500, processes: 2 });
