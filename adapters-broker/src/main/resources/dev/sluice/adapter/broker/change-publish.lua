-- Adds a batch and removes old ones. Arguments: for how many microseconds batches are kept; the
-- node, how many changes the batch lacks, and its changes.
--
-- sluice:changes          by position: the position, how many changes it lacks, the node
-- sluice:changes:at       positions by the time of their publication
-- sluice:changes:batches  changes by position
-- sluice:changes:end      the last position
local memory, node, missed, changes = tonumber(ARGV[2]), ARGV[3], ARGV[4], ARGV[5]

local old = redis.call(
  'ZRANGE', 'sluice:changes:at', '-inf', int(now - memory), 'BYSCORE', 'LIMIT', 0, 1000)
for _, position in ipairs(old) do
  redis.call('ZREM', 'sluice:changes:at', position)
  redis.call('ZREMRANGEBYSCORE', 'sluice:changes', position, position)
  redis.call('HDEL', 'sluice:changes:batches', position)
end

local last = tonumber(redis.call('GET', 'sluice:changes:end') or '0')
local position = int(math.max(last + 1, now))
redis.call('SET', 'sluice:changes:end', position)
redis.call('ZADD', 'sluice:changes', position, position .. ' ' .. missed .. ' ' .. node)
redis.call('ZADD', 'sluice:changes:at', int(now), position)
redis.call('HSET', 'sluice:changes:batches', position, changes)
return 1
