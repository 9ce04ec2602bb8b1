import { describeProtocol } from "./model/protocol.js";

describeProtocol(Number(process.env["TQ_MODEL_RUNS"] ?? 20_000));
