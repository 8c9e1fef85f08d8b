-- Whether a node other than this one wants changes: 1 or 0. Of two wishes one is of another node.
local wishes = redis.call(
  'ZRANGE', 'sluice:changes:wishes', '(' .. int(now), '+inf', 'BYSCORE', 'LIMIT', 0, 2)
for _, node in ipairs(wishes) do
  if node ~= ARGV[2] then
    return 1
  end
end
return 0
