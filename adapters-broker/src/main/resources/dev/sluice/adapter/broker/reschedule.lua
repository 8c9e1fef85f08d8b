-- Moves the first attempts of an event's deliveries, for which further messages are published. Arguments:
-- the event's id, its sequence, when they are due, and the event as text. Returns the subscriptions of
-- the deliveries that were moved, separated by spaces.
local id, number, due, body = take(4)
local record = find(id)
local moved = {}

local function move(sub)
  local letter, started, spent, replays = parse(state_of(record, sub) or '')
  if letter ~= 'R' or started ~= '0' then
    return
  end
  local due_now = not_later(due) == due and now_text or due
  local member = sub .. ' ' .. id
  local is_parked = call('ZSCORE', 'sluice:aside', member)
  change(record, sub, 'R', 'R', waiting_state('R', started, spent, replays, due_now), due_now)
  if is_parked then
    put('sluice:waiting', member, false)
    put('sluice:aside', member, due_now)
  end
  moved[#moved + 1] = sub
end

if record and record.number == number and not record.pending then
  for sub in string.gmatch(record.subs, '%S+') do
    move(sub)
  end
  if #moved > 0 then
    call('SET', body_of(id), body, 'KEEPTTL')
  end
end
write()
return { table.concat(moved, ' ') }
