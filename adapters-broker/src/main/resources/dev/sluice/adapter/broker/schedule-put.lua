-- Stores a schedule. Arguments: the time; its name; the version that it may replace ('*' for any, '-'
-- for none); its text without the version; the time up to which its ticks are handled; the most
-- schedules. Returns STORED, the version and the progress; or CONFLICT and what is stored; or FULL.
--
-- sluice:schedules           by name: the version and the text
-- sluice:schedules:progress  by name: until when ticks are handled, and the last one with an event
-- sluice:schedules:version   the version of the set
--
-- The version follows the time, so that it grows even if Redis lost it.
local name, expected, most = ARGV[2], ARGV[3], tonumber(ARGV[6])
local stored = redis.call('HGET', 'sluice:schedules', name)
local version = stored and string.match(stored, '^%d+') or '-'
if expected ~= '*' and expected ~= version then
  return { 'CONFLICT', stored or '', redis.call('HGET', 'sluice:schedules:progress', name) or '' }
end
if not stored and redis.call('HLEN', 'sluice:schedules') >= most then
  return { 'FULL' }
end

local last = tonumber(redis.call('GET', 'sluice:schedules:version') or '0')
local new = int(math.max(last + 1, now))
redis.call('SET', 'sluice:schedules:version', new)
redis.call('HSET', 'sluice:schedules', name, new .. '\t' .. ARGV[4])
local progress = redis.call('HGET', 'sluice:schedules:progress', name) or (ARGV[5] .. '\t')
-- Times have the same length, so that they are in the order of their texts.
local handled, tick = string.match(progress, '^(%d+)\t(%d*)$')
if handled < ARGV[5] then
  handled = ARGV[5]
end
progress = handled .. '\t' .. tick
redis.call('HSET', 'sluice:schedules:progress', name, progress)
return { 'STORED', new, progress }
