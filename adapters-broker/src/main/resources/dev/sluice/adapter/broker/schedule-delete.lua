-- Deletes a schedule. Arguments: the time; its name; the version that may be deleted ('*' for any, '-'
-- for none). Returns DELETED, or CONFLICT and what is stored.
local name, expected = ARGV[2], ARGV[3]
local stored = redis.call('HGET', 'sluice:schedules', name)
if not stored or (expected ~= '*' and expected ~= string.match(stored, '^%d+')) then
  return { 'CONFLICT', stored or '', redis.call('HGET', 'sluice:schedules:progress', name) or '' }
end
local last = tonumber(redis.call('GET', 'sluice:schedules:version') or '0')
redis.call('SET', 'sluice:schedules:version', int(math.max(last + 1, now)))
redis.call('HDEL', 'sluice:schedules', name)
redis.call('HDEL', 'sluice:schedules:progress', name)
return { 'DELETED' }
