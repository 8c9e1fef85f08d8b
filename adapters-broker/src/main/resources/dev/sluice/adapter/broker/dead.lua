-- Which messages among the dead letters are done with: for each the event's id, number and
-- subscription, its attempts and replays. Answers for each with `done` where that is certain,
-- `unknown` where nothing is known of the event, else `kept`: a message may have been published a
-- moment before its delivery became a dead letter here, and Redis may be an earlier state.
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
