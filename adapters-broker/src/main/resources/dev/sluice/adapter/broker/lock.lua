-- Takes a lock if it is free: its holder, and for how many milliseconds.
-- Answers with 1 when it was free, else with 0.
if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then
  return 1
end
return 0
