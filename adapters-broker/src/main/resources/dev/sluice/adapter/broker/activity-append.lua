-- Appends an entry to the activity log. Arguments: number and hash of the entry that it follows;
-- its own number, hash and text. Returns 1 when it is appended, 0 when another entry is the last
-- one.
local bounds = 'sluice:activity:bounds'
local last = redis.call('HMGET', bounds, 'last_number', 'last_hash')
if (last[1] or '0') ~= ARGV[1] or (last[2] or '') ~= ARGV[2] then
  return 0
end
redis.call('ZADD', 'sluice:activity', ARGV[3], ARGV[5])
redis.call('HSET', bounds, 'last_number', ARGV[3], 'last_hash', ARGV[4])
return 1
