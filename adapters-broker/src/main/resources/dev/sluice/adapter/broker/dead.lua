-- Finds messages in the dead-letter queue that no longer stand for a dead letter. Arguments: for
-- each the event's id, sequence and subscription, its attempts and replays. Returns for each `done`
-- if that is certain, `unknown` if Redis does not know the event, otherwise `kept`: a message may
-- have been published a moment before its delivery became a dead letter here, and Redis may be in
-- an earlier state.
local answers = {}

local function is_done(record, number, started, replays)
  if tonumber(record.number) ~= number then
    return tonumber(record.number) > number
  end
  local letter, attempts, _, replayed = parse(record.text or '')
  return letter == 'C' or letter == 'X'
    or letter and (tonumber(attempts) > started or tonumber(replayed) > replays)
end

while has_more() do
  local id, number, sub, started, replays = take(5)
  local record = find(id, sub)
  if not record then
    answers[#answers + 1] = 'unknown'
  elseif is_done(record, tonumber(number), tonumber(started), tonumber(replays)) then
    answers[#answers + 1] = 'done'
  else
    answers[#answers + 1] = 'kept'
  end
end
return answers
