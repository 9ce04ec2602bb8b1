import { describeInterleavings } from "../../../faults/model/interleavings.js";
import { describeProtocol } from "../../../faults/model/protocol.js";

describeProtocol(250);
describeInterleavings({ runs: 150, faults: 0 });
describeInterleavings({ runs: 100, faults: 4 });
