-- Takes down what a node says of itself, and forgets those that said nothing for long: for how many
-- microseconds they are remembered; the node's name, and what it says.
local memory, id, report = tonumber(ARGV[2]), ARGV[3], ARGV[4]
local silent = redis.call('ZRANGE', 'sluice:nodes:seen', '-inf', int(now - memory), 'BYSCORE')
for _, name in ipairs(silent) do
  redis.call('ZREM', 'sluice:nodes:seen', name)
  redis.call('HDEL', 'sluice:nodes', name)
end
redis.call('ZADD', 'sluice:nodes:seen', int(now), id)
redis.call('HSET', 'sluice:nodes', id, report)
return 1
