-- Records that a node wants changes, and removes expired entries. Arguments: the node's name, and
-- for how many microseconds from now on.
redis.call('ZREMRANGEBYSCORE', 'sluice:changes:wishes', '-inf', int(now))
redis.call('ZADD', 'sluice:changes:wishes', int(now + tonumber(ARGV[3])), ARGV[2])
return 1
