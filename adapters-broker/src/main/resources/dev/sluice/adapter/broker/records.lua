-- What Redis remembers of events, and how it changes. Put before the scripts that change it.
--
-- sluice:event:{id}   what the producer sent, as text
-- processed:{id}      how it stands, the idempotency key: n its number, subs the names of its
--                     subscriptions, p who is about to publish it, else empty, g the digest of its content,
--                     if it is known; and for each subscription
--                     s:{sub} its state, c:{sub} its last failure, f:{sub} that failure's
--                     fingerprint, h:{sub} the attempts before the newest one
-- sluice:events       ids by number
-- sluice:in:{letter}  ids by number, of events in a status; not for completed ones, which are many
-- sluice:waiting      deliveries by the time when they are due; sluice:aside those set aside
-- sluice:finished     letter and id of finished events, by the time when they were finished
-- sluice:dead:...     dead letters of a fingerprint, by time and by number
-- sluice:counts       events (e) and deliveries (d) in each status
--
-- A state is a text that begins with a letter: R received, T retrying, P processing, C completed,
-- F failed, X cancelled. Then: attempts started, attempts spent, replays, since when it is so.
--   R, T  ... due
--   P     ... lease, then the letter, due and since of before, then the worker
--   C, F  ... start of the last attempt, then its worker
--
-- Times are microseconds. ARGV[1] is the time in tests, else empty: then it is that of Redis.
-- ARGV[2] is how long, in milliseconds, what is finished is kept.

local now = tonumber(ARGV[1])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000000 + time[2]
end
local retention = ARGV[2]
local last_read = 2

-- The next argument, or so many of them.
local function take(number)
  local first = last_read + 1
  last_read = last_read + (number or 1)
  return unpack(ARGV, first, last_read)
end

local function has_more()
  return last_read < #ARGV
end

-- Numbers of Lua are doubles, which it would write as 1.7e+15.
local function int(number)
  return string.format('%.0f', number)
end

local now_text = int(now)

-- ---- Indexes and counts, written together at the end, because a call costs more than its work.

local call = redis.call
local indexed = {}
local counted = {}

-- Puts a member of a sorted set to a score; false takes it out.
local function put(index, member, score)
  local members = indexed[index]
  if not members then
    members = {}
    indexed[index] = members
  end
  members[member] = score
end

local function count(field, by)
  counted[field] = (counted[field] or 0) + by
end

local function call_in_parts(command, key, values)
  for first = 1, #values, 1000 do
    call(command, key, unpack(values, first, math.min(first + 999, #values)))
  end
end

local function write()
  for index, members in pairs(indexed) do
    local added, removed = {}, {}
    for member, score in pairs(members) do
      if score then
        added[#added + 1] = score
        added[#added + 1] = member
      else
        removed[#removed + 1] = member
      end
    end
    call_in_parts('ZREM', index, removed)
    call_in_parts('ZADD', index, added)
  end
  for field, by in pairs(counted) do
    if by ~= 0 then
      call('HINCRBY', 'sluice:counts', field, by)
    end
  end
end

-- ---- States

local FINISHED = { C = true, F = true, X = true, U = true }
local WAITING = { R = true, T = true }
-- The most telling delivery decides how the event stands, in this order.
local PRECEDENCE = { 'P', 'R', 'T', 'F', 'C', 'X' }

-- Letter, attempts started, attempts spent, replays, since when, and the rest; all of them texts.
local function parse(text)
  return string.match(text, '^(%a) (%d+) (%d+) (%d+) (%d+) ?(.*)$')
end

-- Of a delivery in work: its lease, then the letter, due and since of before, and its worker.
local function work_of(rest)
  return string.match(rest, '^(%d+) (%a) (%d+) (%d+) (.*)$')
end

local function waiting_state(letter, started, spent, replays, due)
  return letter .. ' ' .. started .. ' ' .. spent .. ' ' .. replays .. ' ' .. now_text .. ' ' .. due
end

local function finished_state(letter, started, spent, replays, began, worker)
  return letter .. ' ' .. started .. ' ' .. spent .. ' ' .. replays .. ' ' .. now_text .. ' '
    .. began .. ' ' .. worker
end

-- ---- Records

local function key_of(id)
  return 'processed:' .. id
end

local function body_of(id)
  return 'sluice:event:' .. id
end

-- What is known of an event, and the state of one of its deliveries; nil when nothing is.
local function find(id, sub)
  local key = 'processed:' .. id
  local fields = sub and call('HMGET', key, 'n', 'subs', 'p', 's:' .. sub)
    or call('HMGET', key, 'n', 'subs', 'p')
  if not fields[1] then
    return nil
  end
  return {
    id = id, key = key, number = fields[1], subs = fields[2],
    pending = fields[3] and fields[3] ~= '' and fields[3], text = fields[4],
  }
end

local function state_of(record, sub)
  return call('HGET', record.key, 's:' .. sub)
end

-- How the event stands if this delivery has this letter, or nothing yet.
local function letter_of(record, sub, letter)
  if record.subs == sub then
    return letter
  end
  local seen = {}
  for other in string.gmatch(record.subs, '%S+') do
    local of_other = letter
    if other ~= sub then
      local text = call('HGET', record.key, 's:' .. other)
      of_other = text and string.sub(text, 1, 1)
    end
    if of_other then
      seen[of_other] = true
    end
  end
  for _, candidate in ipairs(PRECEDENCE) do
    if seen[candidate] then
      return candidate
    end
  end
  return nil
end

-- Takes down that the event stands otherwise than before.
local function restate(record, old, new)
  if old == new then
    return
  end
  if old then
    count('e' .. old, -1)
    if old ~= 'C' then
      put('sluice:in:' .. old, record.id, false)
    end
    if FINISHED[old] then
      put('sluice:finished', old .. record.id, false)
    end
  end
  count('e' .. new, 1)
  if new ~= 'C' then
    put('sluice:in:' .. new, record.id, record.number)
  end
end

-- Finished events are kept for a while, others until they are finished.
local function keep(record, new, at)
  if FINISHED[new] then
    put('sluice:finished', new .. record.id, at)
    call('PEXPIRE', record.key, retention)
    call('PEXPIRE', body_of(record.id), retention)
  else
    call('PERSIST', record.key)
    call('PERSIST', body_of(record.id))
  end
end

local function bury(record, sub, fingerprint)
  local member = sub .. ' ' .. record.id
  call('HSET', record.key, 'f:' .. sub, fingerprint)
  put('sluice:dead:at:' .. fingerprint, member, now_text)
  put('sluice:dead:no:' .. fingerprint, member, record.number)
  call('ZINCRBY', 'sluice:dead', 1, fingerprint)
end

local function unbury(record, sub)
  local member = sub .. ' ' .. record.id
  local fingerprint = call('HGET', record.key, 'f:' .. sub)
  if not fingerprint then
    return
  end
  call('HDEL', record.key, 'f:' .. sub)
  put('sluice:dead:at:' .. fingerprint, member, false)
  put('sluice:dead:no:' .. fingerprint, member, false)
  if tonumber(call('ZINCRBY', 'sluice:dead', -1, fingerprint)) <= 0 then
    call('ZREM', 'sluice:dead', fingerprint)
  end
end

-- Moves a delivery from a state with one letter to another state; from nil when it had none.
local function change(record, sub, old_letter, new_letter, text, due)
  local old, new
  if record.subs == sub then
    old, new = old_letter, new_letter
  else
    old, new = letter_of(record, sub, old_letter), letter_of(record, sub, new_letter)
  end
  call('HSET', record.key, 's:' .. sub, text)
  if old_letter ~= new_letter then
    if old_letter then
      count('d' .. old_letter, -1)
    end
    count('d' .. new_letter, 1)
  end
  if WAITING[new_letter] then
    put('sluice:waiting', sub .. ' ' .. record.id, due)
  elseif old_letter and WAITING[old_letter] then
    put('sluice:waiting', sub .. ' ' .. record.id, false)
    put('sluice:aside', sub .. ' ' .. record.id, false)
  end
  if old_letter == 'F' then
    unbury(record, sub)
  end
  restate(record, old, new)
  if FINISHED[new] or (old and FINISHED[old]) then
    keep(record, new, now_text)
  end
end

-- The attempt in progress, if the named one holds the delivery (DeliveryState.Processing.isHeldBy).
local function held(record, number, attempt, worker)
  local letter, started, spent, replays, since, rest = parse(record.text)
  local is_held = record.number == number and letter == 'P' and started == attempt
    and string.sub(rest, -#worker - 1) == ' ' .. worker
  return is_held and {
    attempt = started, spent = spent, replays = replays, began = since, rest = rest, worker = worker,
  }
end

-- Remembers an attempt that is over, in a line; of more than a hundred the oldest is forgotten.
local function remember(record, sub, attempt, began, ended, worker, outcome, cause)
  local field = 'h:' .. sub
  local lines = call('HGET', record.key, field) or ''
  local line = attempt .. '\t' .. worker .. '\t' .. began .. '\t' .. ended .. '\t'
    .. outcome .. '\t' .. (cause or '')
  if lines ~= '' then
    local _, breaks = string.gsub(lines, '\n', '\n')
    if breaks >= 99 then
      lines = string.match(lines, '^[^\n]*\n(.*)$')
    end
    line = lines .. '\n' .. line
  end
  call('HSET', record.key, field, line)
end

-- Moves the newest attempt of a finished delivery, which its state tells of, to those before.
local function remember_last(record, sub, text)
  local letter, started, _, _, since, rest = parse(text)
  if letter ~= 'C' and letter ~= 'F' then
    return
  end
  local began, worker = string.match(rest, '^(%d+) (.*)$')
  local cause = letter == 'F' and call('HGET', record.key, 'c:' .. sub) or ''
  local outcome = letter == 'F' and 'F' or 'S'
  -- It was over when the delivery was.
  remember(record, sub, started, began, since, worker, outcome, cause)
end

-- Puts a finished delivery back to work. Gives its new state.
local function renew(record, sub, text, replays, due)
  local letter, started = parse(text)
  remember_last(record, sub, text)
  call('HDEL', record.key, 'c:' .. sub)
  local received = waiting_state('R', started, 0, replays, due)
  change(record, sub, letter, 'R', received, due)
  return received
end

-- Clocks may differ, and nothing new is due only later.
local function not_later(due)
  return tonumber(due) > now and now_text or due
end

-- What was about to be published was published: from now on everybody sees it.
local function admit(record, due_by_its_node)
  local due = not_later(due_by_its_node)
  record.pending = false
  put('sluice:events', record.id, record.number)
  if record.subs == '' then
    call('HSET', record.key, 'p', '')
    restate(record, nil, 'U')
    keep(record, 'U', due)
    return
  end
  keep(record, 'R')
  local received = 'R 0 0 0 ' .. now_text .. ' ' .. due
  record.text = received
  for sub in string.gmatch(record.subs, '%S+') do
    call('HSET', record.key, 'p', '', 's:' .. sub, received)
    count('dR', 1)
    put('sluice:waiting', sub .. ' ' .. record.id, due)
  end
  restate(record, nil, 'R')
end

-- Whether an event with this number may be another one than the event of this record: the id was
-- free again by then, because the record's event had been finished for as long as it is kept. Else
-- both numbers come of one event that was sent again before anybody knew that it was stored.
local function is_another(record, number)
  if record.subs == '' then
    return true
  end
  local kept = (tonumber(retention) - 3600000) * 1000
  for sub in string.gmatch(record.subs, '%S+') do
    local letter, _, _, _, since = parse(state_of(record, sub) or '')
    if letter and (not FINISHED[letter] or tonumber(since) + kept > number) then
      return false
    end
  end
  return true
end

-- Forgets an event.
local function forget(record, letter)
  put('sluice:events', record.id, false)
  count('e' .. letter, -1)
  if letter ~= 'C' then
    put('sluice:in:' .. letter, record.id, false)
  end
  put('sluice:finished', letter .. record.id, false)
  for sub in string.gmatch(record.subs, '%S+') do
    local text = state_of(record, sub)
    if text then
      local of_delivery = string.sub(text, 1, 1)
      count('d' .. of_delivery, -1)
      put('sluice:waiting', sub .. ' ' .. record.id, false)
      put('sluice:aside', sub .. ' ' .. record.id, false)
      if of_delivery == 'F' then
        unbury(record, sub)
      end
    end
  end
  call('DEL', record.key, body_of(record.id))
end
