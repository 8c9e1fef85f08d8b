-- Removes dead letters from their groups if Redis has expired their records. Arguments: the
-- fingerprints of the groups. Returns how many it removed.
local removed = 0

local function remove(fingerprint, members)
  local gone = 0
  for _, member in ipairs(members) do
    local sub, id = string.match(member, '^(%S+) (.*)$')
    if call('HGET', key_of(id), 'f:' .. sub) ~= fingerprint then
      call('ZREM', 'sluice:dead:at:' .. fingerprint, member)
      call('ZREM', 'sluice:dead:no:' .. fingerprint, member)
      gone = gone + 1
    end
  end
  if gone > 0 then
    local left = call('ZCARD', 'sluice:dead:at:' .. fingerprint)
    if left > 0 then
      call('ZADD', 'sluice:dead', left, fingerprint)
    else
      call('ZREM', 'sluice:dead', fingerprint)
      call('DEL', 'sluice:dead:no:' .. fingerprint)
    end
  end
  return gone
end

while has_more() do
  local fingerprint = take()
  -- Those older than the retention, and the newest, by which a group is shown.
  local oldest = int(now - tonumber(retention) * 1000)
  removed = removed + remove(fingerprint,
    call('ZRANGEBYSCORE', 'sluice:dead:at:' .. fingerprint, '-inf', oldest, 'LIMIT', 0, 1000))
  for _ = 1, 100 do
    local gone = remove(fingerprint, call('ZREVRANGE', 'sluice:dead:no:' .. fingerprint, 0, 9))
    removed = removed + gone
    if gone < 10 then
      break
    end
  end
end
return { tostring(removed) }
