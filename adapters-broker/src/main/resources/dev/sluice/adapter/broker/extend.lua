-- Workers ask for more time: the lease in microseconds; then for each the event's id, number and
-- subscription, the number of the attempt and its worker. Answers for each with `ok` or `lost`.
local lease = tonumber(take())
local answers = {}
while has_more() do
  local id, number, sub, attempt, worker = take(), take(), take(), take(), take()
  local record = find(id)
  local state = record and state_of(record, sub)
  if record and not state then
    answers[#answers + 1] = 'lost'
  elseif not record then
    -- Redis was emptied: nobody else can have begun it without a record.
    answers[#answers + 1] = 'ok'
  elseif record.number ~= number or state.letter ~= 'P' or state.started ~= tonumber(attempt)
    or state.worker ~= worker then
    answers[#answers + 1] = 'lost'
  else
    state.rest = int(now + lease) .. ' ' .. state.before .. ' ' .. state.due .. ' '
      .. state.before_since .. ' ' .. state.worker
    redis.call('HSET', record.key, 's:' .. sub, format(state))
    answers[#answers + 1] = 'ok'
  end
end
return answers
