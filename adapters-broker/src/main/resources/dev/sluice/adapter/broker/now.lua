-- The time of Redis: seconds, and the microseconds of the second.
return redis.call('TIME')
