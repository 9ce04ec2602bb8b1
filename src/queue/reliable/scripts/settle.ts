import { Script } from "../script.js";

/**
 * KEYS queue, held, attempts.
 * ARGV how many messages the consumer works on, these, and then those that it has acknowledged without an answer.
 * Makes the list of what is held agree with what the consumer knows: what it does not know of goes back to the
 * head of the queue in its old order, uncounted.
 * Returns how many went back.
 */
export const settle = new Script(`
redis.call('HDEL', KEYS[3], '')
local working = tonumber(ARGV[1])
local keep, done, kept, back = {}, {}, {}, {}
for i = 2, #ARGV do
  local known = i <= working + 1 and keep or done
  known[ARGV[i]] = (known[ARGV[i]] or 0) + 1
end
for _, message in ipairs(redis.call('LRANGE', KEYS[2], 0, -1)) do
  if (keep[message] or 0) > 0 then
    keep[message] = keep[message] - 1
    kept[#kept + 1] = message
  elseif (done[message] or 0) > 0 then
    done[message] = done[message] - 1
    redis.call('HDEL', KEYS[3], redis.sha1hex(message))
  else
    back[#back + 1] = message
  end
end
redis.call('DEL', KEYS[2])
for _, message in ipairs(kept) do redis.call('RPUSH', KEYS[2], message) end
for i = #back, 1, -1 do redis.call('LPUSH', KEYS[1], back[i]) end
return #back`);

/** KEYS queue, held. ARGV a message. It goes back to the head of the queue, uncounted. Returns 0 if it was not held. */
export const release = new Script(`
local held = redis.call('LREM', KEYS[2], 1, ARGV[1])
if held == 1 then redis.call('LPUSH', KEYS[1], ARGV[1]) end
return held`);
