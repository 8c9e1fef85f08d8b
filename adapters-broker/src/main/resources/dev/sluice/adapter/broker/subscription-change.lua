-- Stores new versions of subscriptions, all or none. Arguments: the most subscriptions, the most
-- versions of one; then for each change the name, the version that it may replace ('*' for any, '-'
-- for none), 1 when it deletes the subscription, and its text without the version. Returns STORED and
-- the version of the set, or CONFLICT with a name and what is stored under it, or FULL.
--
-- sluice:subscriptions                by name: the current version, unless it is deleted
-- sluice:subscriptions:deleted        by name: the current version when it is deleted
-- sluice:subscriptions:changed        names by their current version
-- sluice:subscriptions:version        the version of the set
-- sluice:subscriptions:versions:NAME  the kept versions of one, newest first
--
-- The version follows the time, so that it grows even if Redis lost it: otherwise a node could not
-- tell its own set from another with the same version.
local most, most_versions = tonumber(ARGV[2]), tonumber(ARGV[3])
local current = 'sluice:subscriptions'
local deleted = 'sluice:subscriptions:deleted'

local size = redis.call('HLEN', current)
for index = 4, #ARGV, 4 do
  local name, expected, deletes = ARGV[index], ARGV[index + 1], ARGV[index + 2]
  local stored = redis.call('HGET', current, name)
  local version = stored and string.match(stored, '^%d+') or '-'
  if expected ~= '*' and expected ~= version then
    return { 'CONFLICT', name, stored or '' }
  end
  size = size + (deletes == '1' and 0 or 1) - (stored and 1 or 0)
end
if size > math.max(most, redis.call('HLEN', current)) then
  return { 'FULL' }
end

local last = tonumber(redis.call('GET', 'sluice:subscriptions:version') or '0')
local version = int(math.max(last + 1, now))
redis.call('SET', 'sluice:subscriptions:version', version)
for index = 4, #ARGV, 4 do
  local name, deletes = ARGV[index], ARGV[index + 2] == '1'
  local text = version .. '\t' .. ARGV[index + 3]
  redis.call('HSET', deletes and deleted or current, name, text)
  redis.call('HDEL', deletes and current or deleted, name)
  redis.call('ZADD', 'sluice:subscriptions:changed', version, name)
  local versions = 'sluice:subscriptions:versions:' .. name
  redis.call('LPUSH', versions, text)
  redis.call('LTRIM', versions, 0, most_versions - 1)
end
return { 'STORED', version }
