-- Returns the nodes that reported within a number of microseconds: for each how long ago that was,
-- and its report.
local since = '(' .. int(now - tonumber(ARGV[2]))
local seen = redis.call('ZRANGE', 'sluice:nodes:seen', since, '+inf', 'BYSCORE', 'WITHSCORES')
local answers = {}
for index = 1, #seen, 2 do
  local report = redis.call('HGET', 'sluice:nodes', seen[index])
  if report then
    answers[#answers + 1] = int(now - tonumber(seen[index + 1]))
    answers[#answers + 1] = report
  end
end
return answers
