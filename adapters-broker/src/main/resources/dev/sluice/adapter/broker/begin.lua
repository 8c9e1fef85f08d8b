-- Workers begin attempts: the lease in microseconds and the worker; then for each message the
-- event's id, its number and subscription, attempts started and spent, replays, and when it is due.
-- Answers for each with one of
--   S and the state    begun
--   E and the state    somebody began it, and the lease is over
--   B and a time       somebody is at it until then
--   D                  it is done with, or another message stands for it: not to be begun
--   M                  nothing is known of it
local lease, worker = take(2)
lease = tonumber(lease)
local answers = {}

local lease_text = int(now + lease)

local function begun(record, sub, state)
  local after = {
    letter = 'P', started = state.started + 1, spent = state.spent + 1, replays = state.replays,
    since = now_text,
    rest = lease_text .. ' ' .. state.letter .. ' ' .. state.due .. ' ' .. state.since .. ' ' .. worker,
  }
  return 'S' .. change(record, sub, state, after)
end

local function finished(record, sub, state, message)
  if message.replays <= state.replays then
    return 'D'
  end
  -- The message of a replay that came before Redis was told of it.
  return begun(record, sub, renew(record, sub, state, message.replays, message.due))
end

local function answer(record, sub, message)
  if not record or tonumber(record.number) < message.number then
    return 'M'
  end
  if tonumber(record.number) > message.number then
    return 'D'
  end
  if record.pending then
    admit(record, message.due)
  end
  if record.subs == '' then
    return 'D'
  end
  local state = parse(record.text)
  if not state then
    return 'M'
  end
  if message.started < state.started - 1 then
    return 'D'
  end
  if state.letter == 'P' then
    local until_then = work_of(state).lease
    if tonumber(until_then) > now then
      return 'B' .. until_then
    end
    return 'E' .. record.text
  end
  if FINISHED[state.letter] then
    return finished(record, sub, state, message)
  end
  if message.started < state.started then
    return 'D'
  end
  if message.started > state.started then
    -- Redis has forgotten the latest, as after a restart from an old file: the message knows.
    state.started, state.spent = message.started, message.spent
  end
  return begun(record, sub, state)
end

while has_more() do
  local id, number, sub, started, spent, replays, due = take(7)
  local message = {
    number = tonumber(number), started = tonumber(started), spent = tonumber(spent),
    replays = tonumber(replays), due = due,
  }
  answers[#answers + 1] = answer(find(id, sub), sub, message)
end
write()
return answers
