-- Parks waiting deliveries, or unparks them. Arguments: `park` or `unpark`; then for each the
-- subscription and the event's id. Returns 1 for each that was found, otherwise 0.
local unpark = take() == 'unpark'
local from = unpark and 'sluice:aside' or 'sluice:waiting'
local to = unpark and 'sluice:waiting' or 'sluice:aside'
local answers = {}
while has_more() do
  local sub, id = take(2)
  local member = sub .. ' ' .. id
  local due = call('ZSCORE', from, member)
  if due then
    put(from, member, false)
    put(to, member, due)
    if not unpark then
      call('SADD', 'sluice:parked', sub)
    end
  end
  answers[#answers + 1] = due and '1' or '0'
end
write()
return answers
