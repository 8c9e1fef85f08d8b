-- Forgets entries: the number of the last one that was forgotten before; the number and the hash of
-- the last one to forget. Answers with 1, and with 0 when others were forgotten meanwhile.
local bounds = 'sluice:activity:bounds'
if (redis.call('HGET', bounds, 'forgotten_number') or '0') ~= ARGV[1] then
  return 0
end
redis.call('ZREMRANGEBYSCORE', 'sluice:activity', '-inf', ARGV[2])
redis.call('HSET', bounds, 'forgotten_number', ARGV[2], 'forgotten_hash', ARGV[3])
return 1
