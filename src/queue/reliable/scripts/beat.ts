import { NOW, Script } from "../script.js";

/**
 * KEYS consumers. ARGV consumer, lease in ms.
 * The consumer lives for another lease.
 */
export const beat = new Script(`
redis.call('ZREM', KEYS[1], '')
${NOW}
redis.call('ZADD', KEYS[1], now + tonumber(ARGV[2]), ARGV[1])
return 1`);
