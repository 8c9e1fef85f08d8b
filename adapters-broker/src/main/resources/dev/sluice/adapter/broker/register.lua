-- Registers deliveries that Redis does not know, from their messages. Arguments: for each the
-- event's id, sequence and text, the subscription (empty for none), the letter of the state (R, T
-- or F), attempts started and spent, replays, when it is due or died, 1 when its first attempt was to
-- begin later, the worker of the last attempt, the failure, its fingerprint, and the attempts so far.
local function create(id, number, body, sub, due)
  call('HSET', key_of(id), 'n', number, 'subs', sub)
  call('SET', body_of(id), body)
  local last = tonumber(call('GET', 'sluice:last') or '0')
  if last < tonumber(number) then
    call('SET', 'sluice:last', number)
  end
  local record = find(id)
  put('sluice:events', id, number)
  if sub == '' then
    restate(record, nil, 'U')
    list(record, 'U')
    keep(record, 'U', due)
  end
  return record
end

-- Returns when a delivery entered its state: a retry when its last attempt ended, as the last line of
-- its attempts says, which is earlier than it is due.
local function entered_at(letter, at, attempts)
  local last = letter == 'T' and string.match(attempts, '([^\n]*)$') or ''
  return string.match(last, '^%d+\t[^\t]*\t%d+\t(%d+)\t') or not_later(at)
end

local function letter_now(record)
  if record.subs == '' then
    return 'U'
  end
  return letter_of(record, '', nil)
end

local function add(record, sub, letter, text, due, told)
  if told.cause ~= '' then
    call('HSET', record.key, 'c:' .. sub, told.cause)
  end
  if told.attempts ~= '' then
    call('HSET', record.key, 'h:' .. sub, told.attempts)
  end
  if letter == 'F' then
    bury(record, sub, told.fingerprint)
  end
  enter(record, sub, letter, text, due)
end

while has_more() do
  local id, number, body, sub = take(4)
  local letter, started, spent, replays, at, is_scheduled = take(6)
  if letter == 'R' and is_scheduled == '' then
    at = not_later(at)
  end
  local worker, cause, fingerprint, attempts = take(4)
  local record = find(id)
  if record and tonumber(record.number) < tonumber(number) then
    if record.pending then
      call('DEL', record.key, body_of(id))
      record = nil
    elseif is_another(record, tonumber(number)) then
      forget(record, letter_now(record))
      record = nil
    end
  end
  if record and record.pending then
    if record.number == number then
      admit(record, at)
    end
  end
  if not record then
    record = create(id, number, body, sub, at)
  end
  if sub ~= '' and record.number == number and not state_of(record, sub) then
    local text = letter .. ' ' .. started .. ' ' .. spent .. ' ' .. replays .. ' '
      .. entered_at(letter, at, attempts) .. ' ' .. (letter == 'F' and at .. ' ' .. worker or at)
    local told = { cause = cause, attempts = attempts, fingerprint = fingerprint }
    add(record, sub, letter, text, at, told)
  end
end
write()
