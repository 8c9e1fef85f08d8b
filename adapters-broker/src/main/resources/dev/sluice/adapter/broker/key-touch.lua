-- Records when keys were last used; a time never goes back. Arguments: an id and a time for each.
for index = 1, #ARGV, 2 do
  local id, at = ARGV[index], ARGV[index + 1]
  local text = redis.call('HGET', 'sluice:keys', id)
  if text then
    local before, used, after = string.match(text, '^(%d+\t%d*\t%d*\t)(%d*)(\t.*)$')
    if used == '' or used < at then
      redis.call('HSET', 'sluice:keys', id, before .. at .. after)
    end
  end
end
return 1
