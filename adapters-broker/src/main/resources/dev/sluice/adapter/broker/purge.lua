-- Purges finished events. Arguments: the time before which they were finished; the most events; 1
-- to leave out dead letters, as when memory is short. Returns how many it purged.
local before, limit, but_dead = take(3)
local old = {}
for page = 0, 9 do
  local part = call('ZRANGEBYSCORE', 'sluice:finished', '-inf', '(' .. before,
    'LIMIT', page * limit, limit)
  for _, member in ipairs(part) do
    if but_dead ~= '1' or string.sub(member, 1, 1) ~= 'F' then
      old[#old + 1] = member
    end
  end
  if #old > 0 or #part < tonumber(limit) then
    break
  end
end
for _, member in ipairs(old) do
  local letter, id = string.sub(member, 1, 1), string.sub(member, 2)
  local record = find(id)
  local now_letter = record and (record.subs == '' and 'U' or letter_of(record, '', nil))
  if record and now_letter == letter then
    forget(record, letter)
  elseif record then
    -- Another event has this id now.
    put('sluice:finished', member, false)
  else
    -- Redis expired its record, because no node purged it in time.
    put('sluice:finished', member, false)
    put('sluice:events', id, false)
    count('e' .. letter, -1)
    if letter ~= 'U' then
      count('d' .. letter, -1)
    end
    for listed in string.gmatch('UFX', '%a') do
      put('sluice:in:' .. listed, id, false)
    end
  end
end
write()
return { tostring(#old) }
