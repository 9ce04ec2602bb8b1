import { Script } from "../script.js";

/**
 * KEYS dead, queue. ARGV ids of dead letters.
 * They go to the tail of the queue, as new messages, and are no dead letters any more. Returns how many did.
 */
export const retryDead = new Script(`
local count = 0
for _, id in ipairs(ARGV) do
  local found = redis.call('XRANGE', KEYS[1], id, id)[1]
  if found then
    redis.call('XDEL', KEYS[1], id)
    for i = 1, #found[2], 2 do
      if found[2][i] == 'message' then redis.call('RPUSH', KEYS[2], found[2][i + 1]) end
    end
    count = count + 1
  end
end
return count`);
