export { judgeClaim } from "./claim.js";
export { judgeDebug } from "./debug.js";
export { judgeExchange, judgePods, judgeRefusal, judgeRemoval, judgeSharing } from "./live.js";
export { judgeProgram } from "./programs.js";
export { judgeReading } from "./reading.js";
export { judgeRedis } from "./redis.js";
export { judgeService } from "./service.js";
