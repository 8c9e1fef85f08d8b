-- Returns 1 when a node other than this one wants changes, otherwise 0. Of any two entries at least
-- one is of another node, so two are enough.
local wishes = redis.call(
  'ZRANGE', 'sluice:changes:wishes', '(' .. int(now), '+inf', 'BYSCORE', 'LIMIT', 0, 2)
for _, node in ipairs(wishes) do
  if node ~= ARGV[2] then
    return 1
  end
end
return 0
