-- Removes slices of a tier. Arguments: the tier; the name before which slices are removed; the most
-- to remove. Returns how many it removed.
local series = 'sluice:series:' .. ARGV[1]
local names = redis.call('ZRANGE', series, '-', '(' .. ARGV[2], 'BYLEX', 'LIMIT', 0, ARGV[3])
for _, name in ipairs(names) do
  redis.call('ZREM', series, name)
  redis.call('HDEL', series .. ':figures', name)
end
return #names
