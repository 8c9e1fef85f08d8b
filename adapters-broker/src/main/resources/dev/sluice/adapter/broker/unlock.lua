-- Gives a lock back, if it is still the caller's.
if redis.call('GET', ARGV[1]) == ARGV[2] then
  redis.call('DEL', ARGV[1])
end
return {}
