-- Takes a lock if it is free. Arguments: its holder, and for how many milliseconds. Returns 1 when
-- it was free, otherwise 0.
if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then
  return 1
end
return 0
