-- Sets waiting deliveries aside, or back with `back`: for each the subscription and the event's id.
-- Answers for each with 1 when it was there to be set.
local back = take() == 'back'
local from = back and 'sluice:aside' or 'sluice:waiting'
local to = back and 'sluice:waiting' or 'sluice:aside'
local answers = {}
while has_more() do
  local sub, id = take(2)
  local member = sub .. ' ' .. id
  local due = call('ZSCORE', from, member)
  if due then
    put(from, member, false)
    put(to, member, due)
  end
  answers[#answers + 1] = due and '1' or '0'
end
write()
return answers
