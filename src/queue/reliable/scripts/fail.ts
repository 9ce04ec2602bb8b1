import { NOW, Script } from "../script.js";

/**
 * KEYS queue, held, attempts, delayed, seq, dead.
 * ARGV message, reason, most attempts, first delay and longest delay in ms, consumer.
 * One more failure of a message: it comes again later, or is a dead letter.
 * Returns {} where it was not held any more, else {failures, delay in ms}, or {failures, id of the dead letter}.
 */
export const fail = new Script(`
if redis.call('LREM', KEYS[2], 1, ARGV[1]) == 0 then return {} end
${NOW}
local id = redis.sha1hex(ARGV[1])
local failures = redis.call('HINCRBY', KEYS[3], id, 1)
if failures >= tonumber(ARGV[3]) then
  redis.call('HDEL', KEYS[3], id)
  return {failures, redis.call('XADD', KEYS[6], '*',
    'message', ARGV[1], 'reason', ARGV[2], 'attempts', failures, 'consumer', ARGV[6])}
end
local delay = math.min(tonumber(ARGV[4]) * 2 ^ math.min(failures - 1, 40), tonumber(ARGV[5]))
if delay == 0 then
  redis.call('LPUSH', KEYS[1], ARGV[1])
else
  redis.call('ZADD', KEYS[4], now + delay, redis.call('INCR', KEYS[5]) .. ':' .. ARGV[1])
end
return {failures, delay}`);
