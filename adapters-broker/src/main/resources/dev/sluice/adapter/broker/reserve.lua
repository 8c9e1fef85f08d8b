-- Takes ids for events that are about to be published: who publishes, for how long the ids stay
-- taken, in milliseconds; then for each event its id, its subscriptions and its text.
-- Answers for each with its number, or `taken`, or `busy` when somebody else is about to.
local who, patience = take(), take()
local answers = {}

-- Rises with the time, so that numbers go on rising when Redis was emptied.
local function next_number()
  local time = redis.call('TIME')
  local number = time[1] * 1000000 + time[2]
  local last = tonumber(redis.call('GET', 'sluice:last') or '0')
  if number <= last then
    number = last + 1
  end
  redis.call('SET', 'sluice:last', int(number))
  return int(number)
end

while has_more() do
  local id, subs, body = take(), take(), take()
  local record = find(id)
  if not record then
    local number = next_number()
    redis.call('HSET', key_of(id), 'n', number, 'subs', subs, 'p', who)
    redis.call('PEXPIRE', key_of(id), patience)
    redis.call('SET', body_of(id), body, 'PX', patience)
    answers[#answers + 1] = number
  else
    answers[#answers + 1] = record.pending and 'busy' or 'taken'
  end
end
return answers
