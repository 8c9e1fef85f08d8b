-- Returns the version of the set of subscriptions, and the current version of each that is not
-- deleted.
local answers = redis.call('HVALS', 'sluice:subscriptions')
table.insert(answers, 1, redis.call('GET', 'sluice:subscriptions:version') or '0')
return answers
