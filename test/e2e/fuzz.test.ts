import { describeCommandLines } from "../faults/command-lines.js";
import { describePayloads } from "../faults/consume-payloads.js";

// A look at each kind of input; npm run test:faults tries them by the ten thousand.
describePayloads({ runs: 1000, batches: 1 });
describeCommandLines({ runs: 6, names: 6 });
