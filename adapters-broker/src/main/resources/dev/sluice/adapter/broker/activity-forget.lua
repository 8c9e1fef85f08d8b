-- Purges entries of the activity log. Arguments: number of the last entry purged before; number and
-- hash of the last one to purge. Returns 1, or 0 when others were purged meanwhile.
local bounds = 'sluice:activity:bounds'
if (redis.call('HGET', bounds, 'forgotten_number') or '0') ~= ARGV[1] then
  return 0
end
redis.call('ZREMRANGEBYSCORE', 'sluice:activity', '-inf', ARGV[2])
redis.call('HSET', bounds, 'forgotten_number', ARGV[2], 'forgotten_hash', ARGV[3])
return 1
