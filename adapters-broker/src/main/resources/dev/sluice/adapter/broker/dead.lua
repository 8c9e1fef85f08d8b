-- Which messages among the dead letters still stand for one: for each the event's id, number and
-- subscription, and its attempts. Answers for each with 1 or 0.
local answers = {}
while has_more() do
  local id, number, sub, started = take(4)
  local record = find(id, sub)
  local is_dead = false
  if record and record.number == number and record.text then
    local letter, attempts = parse(record.text)
    is_dead = letter == 'F' and attempts == started
  end
  answers[#answers + 1] = is_dead and '1' or '0'
end
return answers
