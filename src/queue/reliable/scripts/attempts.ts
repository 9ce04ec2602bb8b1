import { Script } from "../script.js";

/** KEYS attempts. ARGV a message that is done. Its failures are forgotten. */
export const forgetFailures = new Script(`return redis.call('HDEL', KEYS[1], redis.sha1hex(ARGV[1]))`);

/** KEYS attempts. ARGV a message. Returns how often it has failed. */
export const countFailures = new Script(
  `return tonumber(redis.call('HGET', KEYS[1], redis.sha1hex(ARGV[1])) or 0)`,
);
