-- Returns the text and the progress of each schedule.
local answers = {}
local schedules = redis.call('HGETALL', 'sluice:schedules')
for index = 1, #schedules, 2 do
  answers[#answers + 1] = schedules[index + 1]
  answers[#answers + 1] = redis.call('HGET', 'sluice:schedules:progress', schedules[index])
end
return answers
