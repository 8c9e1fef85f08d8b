-- Stores what a node reports. Arguments: its name; the time and how many messages it holds; how
-- many more messages were redelivered to it; how many more foreign messages it moved to the dead
-- letters.
redis.call('HSET', 'sluice:held', ARGV[1], ARGV[2])
if ARGV[3] ~= '0' then
  redis.call('INCRBY', 'sluice:redelivered', ARGV[3])
end
if ARGV[4] ~= '0' then
  redis.call('INCRBY', 'sluice:foreign', ARGV[4])
end
return 1
