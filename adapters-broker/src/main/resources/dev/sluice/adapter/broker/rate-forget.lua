-- Removes the token bucket of a subscription: ARGV[1].
redis.call('DEL', 'sluice:rate:' .. ARGV[1])
