-- Stores the report of a node, and removes nodes that were silent for too long. Arguments: for how
-- many microseconds nodes are kept; the node's name, and its report.
local memory, id, report = tonumber(ARGV[2]), ARGV[3], ARGV[4]
local silent = redis.call('ZRANGE', 'sluice:nodes:seen', '-inf', int(now - memory), 'BYSCORE')
for _, name in ipairs(silent) do
  redis.call('ZREM', 'sluice:nodes:seen', name)
  redis.call('HDEL', 'sluice:nodes', name)
end
redis.call('ZADD', 'sluice:nodes:seen', int(now), id)
redis.call('HSET', 'sluice:nodes', id, report)
return 1
