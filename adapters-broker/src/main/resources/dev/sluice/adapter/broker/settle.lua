-- Attempts are over: for each the event's id, number and subscription, the number of the attempt
-- and its worker, the outcome (C completed, T to be retried, F failed, H handed back), when it is
-- due again, the failure, and its fingerprint.
-- Answers for each with `ok`, `lost` or `missing`.
local answers = {}

local function settle(record, sub, state, work, outcome, due, cause, fingerprint)
  if outcome == 'C' then
    change(record, sub, state, following(state, 'C', now_text, state.since .. ' ' .. work.worker))
  elseif outcome == 'F' then
    call('HSET', record.key, 'c:' .. sub, cause)
    bury(record, sub, fingerprint)
    change(record, sub, state, following(state, 'F', now_text, state.since .. ' ' .. work.worker))
  elseif outcome == 'T' then
    call('HSET', record.key, 'c:' .. sub, cause)
    remember(record, sub, state, state.since, now_text, work.worker, 'F', cause)
    change(record, sub, state, following(state, 'T', now_text, due))
  else
    remember(record, sub, state, state.since, now_text, work.worker, 'H')
    local before = following(state, work.letter, work.since, work.due)
    before.spent = state.spent - 1
    change(record, sub, state, before)
  end
end

local function is_held(record, number, state, attempt, work, worker)
  return record.number == number and state.started == tonumber(attempt) and work.worker == worker
end

while has_more() do
  local id, number, sub, attempt, worker, outcome, due, cause, fingerprint = take(9)
  local record = find(id, sub)
  local state = record and parse(record.text)
  local work = state and state.letter == 'P' and work_of(state)
  if not state then
    answers[#answers + 1] = 'missing'
  elseif not work or not is_held(record, number, state, attempt, work, worker) then
    answers[#answers + 1] = 'lost'
  else
    settle(record, sub, state, work, outcome, due, cause, fingerprint)
    answers[#answers + 1] = 'ok'
  end
end
write()
return answers
