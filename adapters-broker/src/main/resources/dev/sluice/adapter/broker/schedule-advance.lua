-- Moves the progress of a schedule. Arguments: its name, the known version, the known progress, the
-- new one. Returns 1, or 0 when something else is stored.
local stored = redis.call('HGET', 'sluice:schedules', ARGV[1])
if not stored
    or string.match(stored, '^%d+') ~= ARGV[2]
    or redis.call('HGET', 'sluice:schedules:progress', ARGV[1]) ~= ARGV[3] then
  return 0
end
redis.call('HSET', 'sluice:schedules:progress', ARGV[1], ARGV[4])
return 1
