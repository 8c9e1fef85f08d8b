-- Replaces a value if it has not changed. Keys: a hash and a set. Arguments: the field of the hash,
-- the value before (empty for none), the value after (empty for none), and 1 to keep the field in
-- the set. Returns 1 when the value before was there.
local hash, set = KEYS[1], KEYS[2]
local field, before, after, is_in = unpack(ARGV)
if (redis.call('HGET', hash, field) or '') ~= before then
  return { '0' }
end
if after == '' then
  redis.call('HDEL', hash, field)
else
  redis.call('HSET', hash, field, after)
end
if is_in == '1' then
  redis.call('SADD', set, field)
else
  redis.call('SREM', set, field)
end
return { '1' }
