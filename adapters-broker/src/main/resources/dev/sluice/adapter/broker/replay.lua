-- Replays finished deliveries, whose messages are published. Arguments: for each the event's id,
-- sequence and subscription, how often it was replayed, this time included, and the event as text if it
-- had a time after which it expired, which it no longer has. Returns 1 for each
-- that was replayed, here or by a worker that received the message first.
local answers = {}
while has_more() do
  local id, number, sub, times, body = take(5)
  local replays = tonumber(times)
  local record = find(id)
  local text = record and record.number == number and state_of(record, sub)
  local is_done = false
  if text then
    local letter, _, _, replayed = parse(text)
    is_done = tonumber(replayed) >= replays
    if not is_done and FINISHED[letter] then
      renew(record, sub, text, times, now_text)
      is_done = true
    end
    if is_done and body ~= '' then
      call('SET', body_of(id), body, 'KEEPTTL')
    end
  end
  answers[#answers + 1] = is_done and '1' or '0'
end
write()
return answers
