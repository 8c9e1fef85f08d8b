-- Forgets slices of a tier: those with names before one, at most so many.
-- Answers with how many it forgot.
local series = 'sluice:series:' .. ARGV[1]
local names = redis.call('ZRANGE', series, '-', '(' .. ARGV[2], 'BYLEX', 'LIMIT', 0, ARGV[3])
for _, name in ipairs(names) do
  redis.call('ZREM', series, name)
  redis.call('HDEL', series .. ':figures', name)
end
return #names
