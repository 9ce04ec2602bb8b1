export { judgeClaim } from "./claim.js";
export { judgeDebug } from "./debug.js";
export { judgeExchange } from "./exchange.js";
export { judgeProgram } from "./programs.js";
export { judgePods, judgeRefusal, judgeRemoval } from "./ready.js";
export { judgeReading } from "./reading.js";
export { judgeRedis } from "./redis.js";
export { judgeService } from "./service.js";
export { judgeSharing } from "./sharing.js";
