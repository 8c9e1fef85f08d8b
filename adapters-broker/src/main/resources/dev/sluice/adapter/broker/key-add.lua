-- Adds an API key. Arguments: its id and text, how many live keys an owner may have, how many keys
-- there may be. Returns the outcome.
local id, text, most_live, most = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])

local function parse(line)
  return string.match(line, '^(%d+)\t(%d*)\t(%d*)\t%d*\t([^\t]*)\t')
end

local now, _, _, owner = parse(text)
local keys = redis.call('HGETALL', 'sluice:keys')
local live, oldest, oldest_id = 0, nil, nil
for index = 1, #keys, 2 do
  local created, expires, revoked, owned_by = parse(keys[index + 1])
  if revoked == '' and (expires == '' or expires > now) then
    if owned_by == owner then
      live = live + 1
    end
  else
    local age = created .. keys[index]
    if not oldest or age < oldest then
      oldest, oldest_id = age, keys[index]
    end
  end
end

if live >= most_live then
  return { 'OWNER_HAS_ENOUGH' }
end
if redis.call('HEXISTS', 'sluice:keys', id) == 1 then
  return { 'ID_TAKEN' }
end
if #keys / 2 >= most then
  if not oldest_id then
    return { 'FULL' }
  end
  redis.call('HDEL', 'sluice:keys', oldest_id)
end
redis.call('HSET', 'sluice:keys', id, text)
return { 'ADDED' }
