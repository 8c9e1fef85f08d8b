-- Records since when a key is revoked; the first time counts. Arguments: its id and the time.
-- Returns 1 when there is such a key, otherwise 0.
local text = redis.call('HGET', 'sluice:keys', ARGV[1])
if not text then
  return 0
end
local before, revoked, after = string.match(text, '^(%d+\t%d*\t)(%d*)(\t.*)$')
if revoked == '' then
  redis.call('HSET', 'sluice:keys', ARGV[1], before .. ARGV[2] .. after)
end
return 1
