-- Adds deliveries to stored events, whose messages are published. Arguments: the subscription; then for
-- each event its id, its sequence, and the time before which it does not begin. Returns 1 for each that has the delivery now, added here or by a
-- worker that received the message first.
local sub = take()
local answers = {}
while has_more() do
  local id, number, not_before = take(3)
  local record = find(id, sub)
  local is_stored = record and record.number == number and not record.pending
  if is_stored and not record.text then
    local due = tonumber(not_before) > now and not_before or now_text
    enter(record, sub, 'R', waiting_state('R', 0, 0, 0, due), due)
  end
  answers[#answers + 1] = is_stored and '1' or '0'
end
write()
return answers
