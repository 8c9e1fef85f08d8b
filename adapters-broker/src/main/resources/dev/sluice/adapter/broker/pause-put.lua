-- Stores a pause. Arguments: its scope and its text.
redis.call('HSET', 'sluice:pauses', ARGV[1], ARGV[2])
return 1
