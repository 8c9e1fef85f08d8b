-- Begins attempts. Arguments: the lease in microseconds and the worker; then for each message the
-- event's id, its sequence and subscription, attempts started and spent, replays, when it is due,
-- and 1 when this worker asked before and lost the answer.
-- Returns for each one of
--   S and the state    begun
--   E and the state    another worker began it, and its lease has expired
--   B and a time       another worker holds it for this long, or it is due after this time
--   D                  finished, rescheduled to a later time, or superseded by another message: not to
--                      be begun
--   M                  unknown to Redis
local lease, worker = take(2)
lease = tonumber(lease)
local answers = {}

local lease_text = int(now + lease)

local function begun(record, sub, text, message)
  local letter, started, spent, replays, since, due = parse(text)
  if message.started > tonumber(started) then
    -- Redis has lost the latest state, as after a restart from an old file: the message has it.
    started, spent = message.started, message.spent
  end
  local state = 'P ' .. started + 1 .. ' ' .. spent + 1 .. ' ' .. replays .. ' ' .. now_text .. ' '
    .. lease_text .. ' ' .. letter .. ' ' .. due .. ' ' .. since .. ' ' .. worker
  change(record, sub, letter, 'P', state)
  return 'S' .. state
end

-- Returns how long a scheduled first attempt must wait; nil when it need not. Others are due even if
-- the clock was set back.
local function scheduled_in(letter, started, since, due)
  local is_scheduled = letter == 'R' and started == '0' and tonumber(due) > tonumber(since)
  return is_scheduled and tonumber(due) > now and tonumber(due) - now or nil
end

local function known(record, sub, text, message)
  local letter, started, _, replays, since, rest = parse(text)
  if message.started < started - 1 then
    return 'D'
  end
  if letter == 'P' then
    local until_then, _, _, _, by = work_of(rest)
    if tonumber(until_then) > now then
      if message.is_repeat and by == worker and tonumber(started) == message.started + 1 then
        return 'S' .. text
      end
      return 'B' .. int(until_then - now)
    end
    return 'E' .. text
  end
  if FINISHED[letter] then
    if message.replays <= tonumber(replays) then
      return 'D'
    end
    -- The message of a replay came before replay.lua was run.
    return begun(record, sub, renew(record, sub, text, message.replays, message.due), message)
  end
  if message.started < tonumber(started) then
    return 'D'
  end
  if letter == 'R' and message.replays < tonumber(replays) then
    -- The message of the replay comes too, with the event as it is now.
    return 'D'
  end
  local until_due = scheduled_in(letter, started, since, rest)
  if until_due then
    -- A message with an earlier time is outdated: there is one with the later time.
    return tonumber(message.due) < tonumber(rest) and 'D' or 'B' .. int(until_due)
  end
  return begun(record, sub, text, message)
end

local function answer(record, sub, message)
  if not record then
    return 'M'
  end
  if tonumber(record.number) < message.number then
    return (record.pending or is_another(record, message.number)) and 'M' or 'D'
  end
  if tonumber(record.number) > message.number then
    -- The newer event of this id may never be published; then this one counts.
    return record.pending and 'B1000000' or 'D'
  end
  if record.pending then
    admit(record, message.due)
  end
  if record.subs == '' then
    -- A back-fill publishes the message of a delivery before Redis knows the delivery.
    return sub == '' and 'D' or 'M'
  end
  if not record.text then
    return 'M'
  end
  return known(record, sub, record.text, message)
end

while has_more() do
  local id, number, sub, started, spent, replays, due, is_repeat = take(8)
  local message = {
    number = tonumber(number), started = tonumber(started), spent = tonumber(spent),
    replays = tonumber(replays), due = due, is_repeat = is_repeat == '1',
  }
  answers[#answers + 1] = answer(find(id, sub), sub, message)
end
write()
return answers
