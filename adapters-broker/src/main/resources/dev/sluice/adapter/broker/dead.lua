-- Which messages among the dead letters still stand for one: for each the event's id, number and
-- subscription, and its attempts. Answers for each with 1 or 0.
local answers = {}
while has_more() do
  local id, number, sub, started = take(4)
  local record = find(id, sub)
  local state = record and record.number == number and parse(record.text)
  local is_dead = state and state.letter == 'F' and state.started == tonumber(started)
  answers[#answers + 1] = is_dead and '1' or '0'
end
return answers
