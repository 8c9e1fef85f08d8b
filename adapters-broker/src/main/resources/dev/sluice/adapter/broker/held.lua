-- Takes down what a node holds: its name, when and how much it holds; how many more messages came to
-- it again; and how many more messages of other programs it put to the dead letters.
redis.call('HSET', 'sluice:held', ARGV[1], ARGV[2])
if ARGV[3] ~= '0' then
  redis.call('INCRBY', 'sluice:redelivered', ARGV[3])
end
if ARGV[4] ~= '0' then
  redis.call('INCRBY', 'sluice:foreign', ARGV[4])
end
return 1
