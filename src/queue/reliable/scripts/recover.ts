import { NOW, Script } from "../script.js";

/**
 * KEYS queue, consumers, attempts, delayed, dead, reports.
 * ARGV what stands before a consumer's name in its key, most attempts, most messages to move, and how many ms
 * after its lease a consumer that holds nothing is forgotten.
 * What consumers held whose lease has run out goes back to the head of the queue in its old order, a failure for
 * each message, or is dead; delayed messages that are due follow. Until it is forgotten a consumer stays known:
 * a take that it had under way may still give it a message.
 * Returns {{consumer, how many}…}, {{id, message, failures, consumer}…}, whether there may be more (1 or 0), and
 * the ms until the next delayed message is due, or -1.
 */
export const recover = new Script(`
redis.call('ZREM', KEYS[2], '')
${NOW}
local left = tonumber(ARGV[3])
local recovered, dead = {}, {}
for _, consumer in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now)) do
  local held = ARGV[1] .. consumer
  local count, failed = 0, {}
  while left > 0 do
    local message = redis.call('LINDEX', held, -1)
    if not message then break end
    left = left - 1
    local hash = redis.sha1hex(message)
    -- Equal messages that died together have failed once.
    local failures = failed[hash] or redis.call('HINCRBY', KEYS[3], hash, 1)
    failed[hash] = failures
    if failures >= tonumber(ARGV[2]) then
      redis.call('RPOP', held)
      redis.call('HDEL', KEYS[3], hash)
      local id = redis.call('XADD', KEYS[5], '*', 'message', message,
        'reason', 'its consumer died', 'attempts', failures, 'consumer', consumer)
      dead[#dead + 1] = {id, message, failures, consumer}
    else
      redis.call('LMOVE', held, KEYS[1], 'RIGHT', 'LEFT')
      count = count + 1
    end
  end
  if count > 0 then recovered[#recovered + 1] = {consumer, count} end
end
for _, consumer in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now - tonumber(ARGV[4]))) do
  if redis.call('EXISTS', ARGV[1] .. consumer) == 0 then
    redis.call('ZREM', KEYS[2], consumer)
    redis.call('HDEL', KEYS[6], consumer)
  end
end
if left > 0 then
  local due = redis.call('ZRANGEBYSCORE', KEYS[4], '-inf', now, 'LIMIT', 0, left)
  for i = #due, 1, -1 do
    redis.call('ZREM', KEYS[4], due[i])
    redis.call('LPUSH', KEYS[1], string.sub(due[i], string.find(due[i], ':', 1, true) + 1))
  end
  left = left - #due
end
local following = redis.call('ZRANGE', KEYS[4], 0, 0, 'WITHSCORES')
local wait = following[2] and math.max(0, following[2] - now) or -1
return {recovered, dead, left == 0 and 1 or 0, wait}`);
