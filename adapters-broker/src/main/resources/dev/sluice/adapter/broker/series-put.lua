-- Stores slices. Arguments: for each its tier, its name and its figures.
for index = 1, #ARGV, 3 do
  local series = 'sluice:series:' .. ARGV[index]
  redis.call('ZADD', series, 0, ARGV[index + 1])
  redis.call('HSET', series .. ':figures', ARGV[index + 1], ARGV[index + 2])
end
return 1
