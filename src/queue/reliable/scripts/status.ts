import { NOW, Script } from "../script.js";

/**
 * KEYS queue, consumers, delayed, dead, reports. ARGV what stands before a consumer's name in its key.
 * Changes nothing. Returns now in ms, how many messages wait, are delayed and are dead, and for each consumer
 * {name, end of its lease in ms, how many messages it holds, its report or ""}.
 */
export const status = new Script(`
${NOW}
local consumers = {}
local known = redis.call('ZRANGE', KEYS[2], 0, -1, 'WITHSCORES')
for i = 1, #known, 2 do
  consumers[#consumers + 1] = {known[i], known[i + 1], redis.call('LLEN', ARGV[1] .. known[i]),
    redis.call('HGET', KEYS[5], known[i]) or ''}
end
return {now, redis.call('LLEN', KEYS[1]), redis.call('ZCARD', KEYS[3]), redis.call('XLEN', KEYS[4]), consumers}`);
