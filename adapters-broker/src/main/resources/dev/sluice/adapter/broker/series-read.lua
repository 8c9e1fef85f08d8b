-- Returns slices of a tier. Arguments: the tier; the names between which they are, both excluded;
-- the most slices. Returns for each its name and its figures.
local series = 'sluice:series:' .. ARGV[1]
local names =
  redis.call('ZRANGE', series, '(' .. ARGV[2], '(' .. ARGV[3], 'BYLEX', 'LIMIT', 0, ARGV[4])
local answers = {}
for _, name in ipairs(names) do
  answers[#answers + 1] = name
  answers[#answers + 1] = redis.call('HGET', series .. ':figures', name) or ''
end
return answers
