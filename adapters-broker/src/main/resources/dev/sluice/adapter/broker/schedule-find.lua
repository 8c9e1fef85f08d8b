-- Returns the text and the progress of a schedule, or nothing. Arguments: its name.
local stored = redis.call('HGET', 'sluice:schedules', ARGV[1])
return stored and { stored, redis.call('HGET', 'sluice:schedules:progress', ARGV[1]) } or {}
