-- Attempts are over: for each the event's id, number and subscription, the number of the attempt
-- and its worker, the outcome (C completed, T to be retried, F failed, H handed back), when it is
-- due again, the failure, and its fingerprint.
-- Answers for each with `ok`, `lost` or `missing`.
local answers = {}

local function handed_back(state)
  local after = following(state, state.before, state.before_since, state.due)
  after.spent = state.spent - 1
  return after
end

local function settle(record, sub, state, outcome, due, cause, fingerprint)
  if outcome == 'C' then
    change(record, sub, state, following(state, 'C', int(now), state.since .. ' ' .. state.worker))
  elseif outcome == 'F' then
    redis.call('HSET', record.key, 'c:' .. sub, cause)
    bury(record, sub, fingerprint)
    change(record, sub, state, following(state, 'F', int(now), state.since .. ' ' .. state.worker))
  elseif outcome == 'T' then
    redis.call('HSET', record.key, 'c:' .. sub, cause)
    remember(record, sub, state, state.since, state.worker, 'F', cause)
    change(record, sub, state, following(state, 'T', int(now), due))
  else
    remember(record, sub, state, state.since, state.worker, 'H')
    change(record, sub, state, handed_back(state))
  end
end

while has_more() do
  local id, number, sub, attempt, worker = take(), take(), take(), take(), take()
  local outcome, due, cause, fingerprint = take(), take(), take(), take()
  local record = find(id)
  local state = record and state_of(record, sub)
  if not state then
    answers[#answers + 1] = 'missing'
  elseif record.number ~= number or state.letter ~= 'P' or state.started ~= tonumber(attempt)
    or state.worker ~= worker then
    answers[#answers + 1] = 'lost'
  else
    settle(record, sub, state, outcome, due, cause, fingerprint)
    answers[#answers + 1] = 'ok'
  end
end
write()
return answers
