-- Returns the time of Redis: seconds, and microseconds of the second.
return redis.call('TIME')
