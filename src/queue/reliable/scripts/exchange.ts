import { Script } from "../script.js";

/**
 * KEYS queue, held, attempts. ARGV how many to take, then the messages that are done.
 * Removes what is done, and takes up to so many from the queue.
 * Returns the positions (from 1) of those done that were not held any more, the messages taken, and how often
 * each of these has failed before, where any message of the queue has.
 */
export const exchange = new Script(`
redis.call('HDEL', KEYS[3], '')
local counted = redis.call('HLEN', KEYS[3]) > 0
local refused, taken, failures = {}, {}, {}
for i = 2, #ARGV do
  if redis.call('LREM', KEYS[2], 1, ARGV[i]) == 0 then
    refused[#refused + 1] = i - 1
  elseif counted then
    redis.call('HDEL', KEYS[3], redis.sha1hex(ARGV[i]))
  end
end
for i = 1, tonumber(ARGV[1]) do
  local message = redis.call('LMOVE', KEYS[1], KEYS[2], 'LEFT', 'RIGHT')
  if not message then break end
  taken[i] = message
  if counted then
    failures[i] = tonumber(redis.call('HGET', KEYS[3], redis.sha1hex(message)) or 0)
  end
end
return {refused, taken, failures}`);
