-- Returns the version of the set of subscriptions, and the current version of each that changed
-- later than a version. Arguments: that version, the most subscriptions.
local since = '(' .. ARGV[1]
local names = redis.call(
  'ZRANGE', 'sluice:subscriptions:changed', since, '+inf', 'BYSCORE', 'LIMIT', 0, ARGV[2])
local answers = { redis.call('GET', 'sluice:subscriptions:version') or '0' }
for _, name in ipairs(names) do
  answers[#answers + 1] = redis.call('HGET', 'sluice:subscriptions', name)
    or redis.call('HGET', 'sluice:subscriptions:deleted', name)
end
return answers
