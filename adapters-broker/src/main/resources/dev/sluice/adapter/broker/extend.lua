-- Workers ask for more time: the lease in microseconds; then for each the event's id, number and
-- subscription, the number of the attempt and its worker. Answers for each with `ok` or `lost`.
local lease = tonumber(take())
local answers = {}
while has_more() do
  local id, number, sub, attempt, worker = take(5)
  local record = find(id, sub)
  local state = record and parse(record.text)
  local work = state and state.letter == 'P' and work_of(state)
  if not record then
    -- Redis was emptied: nobody else can have begun it without a record.
    answers[#answers + 1] = 'ok'
  elseif not work or record.number ~= number or state.started ~= tonumber(attempt)
    or work.worker ~= worker then
    answers[#answers + 1] = 'lost'
  else
    state.rest = int(now + lease) .. ' ' .. work.letter .. ' ' .. work.due .. ' ' .. work.since
      .. ' ' .. work.worker
    call('HSET', record.key, 's:' .. sub, format(state))
    answers[#answers + 1] = 'ok'
  end
end
return answers
