import { describeInterleavings } from "./model/interleavings.js";

const runs = Number(process.env["TQ_MODEL_RUNS"] ?? 20_000);

describeInterleavings({ runs, faults: 0 });
describeInterleavings({ runs: Math.ceil(runs / 4), faults: 4 });
