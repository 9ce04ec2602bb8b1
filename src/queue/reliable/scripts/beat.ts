import { NOW, Script } from "../script.js";

/**
 * KEYS consumers, reports. ARGV consumer, lease in ms, for how many ms its oldest message has been in work (-1: it
 * has none), how many messages it has done, and how many of them a second since its last beat.
 * The consumer lives for another lease; its report is "<now> <since when in work, or 0> <done> <rate>".
 */
export const beat = new Script(`
redis.call('ZREM', KEYS[1], '')
${NOW}
redis.call('ZADD', KEYS[1], now + tonumber(ARGV[2]), ARGV[1])
local age = tonumber(ARGV[3])
local since = age < 0 and 0 or now - age
redis.call('HSET', KEYS[2], ARGV[1], string.format('%.0f %.0f %s %s', now, since, ARGV[4], ARGV[5]))
return 1`);

/** KEYS consumers, reports. ARGV consumer. It has left, and holds nothing. */
export const leave = new Script(`
redis.call('HDEL', KEYS[2], ARGV[1])
return redis.call('ZREM', KEYS[1], ARGV[1])`);
