-- The state of events in Redis, and how it changes. Prepended to the scripts that use it.
--
-- sluice:event:{id}   what the producer sent, as text
-- processed:{id}      the state of an event, and its idempotency key: n its sequence, subs its
--                     subscriptions, p the token of its reservation, empty once it is published, g
--                     the digest of its content, if known, w the subscriptions whose deliveries do not
--                     begin before a time, each with that time; and for each subscription
--                     s:{sub} its state, c:{sub} its last failure, f:{sub} that failure's
--                     fingerprint, h:{sub} the attempts before the newest one; if it is known, v:{sub}
--                     the number of the attempt that finished it and the version of the subscription
--                     under which that was made
-- sluice:responses:{id}
--                     what receivers answered to attempts, by {sub} and the number of the attempt,
--                     separated by a space; always expires, because nodes of earlier releases leave
--                     it behind when the event finishes or is purged
-- sluice:attempts:{class}:{sub}
--                     the newest attempts of a subscription with a response whose status begins with
--                     a digit, 0 for none, newest first: when each ended, the sequence of the event,
--                     the number of the attempt, and the id of the event
-- sluice:events       ids by sequence
-- sluice:in:{letter}  ids by sequence, of events with a delivery in a status, or of unrouted ones; not
--                     of completed deliveries, which are many
-- sluice:waiting      deliveries by the time when they are due; sluice:aside the parked ones
-- sluice:finished     letter and id of finished events, by the time when they were finished
-- sluice:dead:...     dead letters of a fingerprint, by time and by sequence
-- sluice:counts       events (e) and deliveries (d) in each status
--
-- A state is a text that begins with a letter: R received, T retrying, P processing, C completed,
-- F failed, X cancelled, E expired. Then: attempts started, attempts spent, replays, since when.
--   R, T  ... due
--   P     ... lease; letter, due and since of the state before; worker
--   C, F  ... start of the last attempt, then its worker
--
-- Times are microseconds. ARGV[1] is the time in tests, otherwise empty for the time of Redis.
-- ARGV[2] is how long finished events are kept, in milliseconds.

local now = tonumber(ARGV[1])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000000 + time[2]
end
local retention = ARGV[2]
-- How long the responses of an unfinished event are kept after each settlement: longer than the
-- longest wait between two attempts, 30 days.
local responses_kept = string.format('%.0f', tonumber(retention) + 40 * 86400000)
local last_read = 2

-- Returns the next argument, or the next ones.
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

-- Sets the score of a member of a sorted set; false removes the member.
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

local FINISHED = { C = true, F = true, X = true, E = true, U = true }
local WAITING = { R = true, T = true }
-- The status of an event is that of the delivery that comes first in this order.
local PRECEDENCE = { 'P', 'R', 'T', 'F', 'C', 'E', 'X' }

-- Returns letter, attempts started, attempts spent, replays, since when, and the rest; all of them
-- texts.
local function parse(text)
  return string.match(text, '^(%a) (%d+) (%d+) (%d+) (%d+) ?(.*)$')
end

-- Returns the parts of a delivery in progress: its lease; letter, due and since of the state
-- before; and its worker.
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

local function responses_of(id)
  return 'sluice:responses:' .. id
end

-- Returns the record of an event with the state of one of its deliveries; nil for none.
local function find(id, sub)
  local key = 'processed:' .. id
  local fields = sub and call('HMGET', key, 'n', 'subs', 'p', 's:' .. sub)
    or call('HMGET', key, 'n', 'subs', 'p')
  if not fields[1] then
    return nil
  end
  return {
    id = id, key = key, number = fields[1], subs = fields[2],
    pending = fields[3] and fields[3] ~= '' and fields[3], text = fields[4], sub = sub,
  }
end

local function state_of(record, sub)
  return call('HGET', record.key, 's:' .. sub)
end

-- Returns a set with the letters of an event's deliveries, except for one of them.
local function letters_but(record, sub)
  local keys, seen = {}, {}
  for other in string.gmatch(record.subs, '%S+') do
    if other ~= sub then
      keys[#keys + 1] = 's:' .. other
    end
  end
  for first = 1, #keys, 1000 do
    local texts = call('HMGET', record.key, unpack(keys, first, math.min(first + 999, #keys)))
    for _, text in ipairs(texts) do
      if text then
        seen[string.sub(text, 1, 1)] = true
      end
    end
  end
  return seen
end

-- Returns the letter of an event if one delivery has this letter, nil for none yet, and the others
-- have these.
local function first_of(others, letter)
  for _, candidate in ipairs(PRECEDENCE) do
    if others[candidate] or candidate == letter then
      return candidate
    end
  end
  return nil
end

-- Returns the letter of the event if this delivery has this letter, or nil for no letter yet.
local function letter_of(record, sub, letter)
  if record.subs == sub then
    return letter
  end
  return first_of(letters_but(record, sub), letter)
end

-- Lists an event under a letter that one of its deliveries has.
local function list(record, letter)
  if letter ~= 'C' then
    put('sluice:in:' .. letter, record.id, record.number)
  end
end

local function unlist(record, letter)
  if letter ~= 'C' then
    put('sluice:in:' .. letter, record.id, false)
  end
end

-- Records that the status of an event changes.
local function restate(record, old, new)
  if old == new then
    return
  end
  if old then
    count('e' .. old, -1)
    if FINISHED[old] then
      put('sluice:finished', old .. record.id, false)
    end
  end
  count('e' .. new, 1)
end

-- Finished events expire, others do not.
local function keep(record, new, at)
  if FINISHED[new] then
    put('sluice:finished', new .. record.id, at)
    call('PEXPIRE', record.key, retention)
    call('PEXPIRE', body_of(record.id), retention)
    call('PEXPIRE', responses_of(record.id), retention)
  else
    call('PERSIST', record.key)
    call('PERSIST', body_of(record.id))
    call('PEXPIRE', responses_of(record.id), responses_kept)
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

-- Moves a delivery from a state with one letter to another state; from nil when it had none. The
-- record may have a version for the delivery.
local function change(record, sub, old_letter, new_letter, text, due)
  local old, new, others = old_letter, new_letter, {}
  if record.subs ~= sub then
    others = letters_but(record, sub)
    old, new = first_of(others, old_letter), first_of(others, new_letter)
  end
  if record.version then
    call('HSET', record.key, 's:' .. sub, text, 'v:' .. sub, record.version)
  else
    call('HSET', record.key, 's:' .. sub, text)
  end
  if old_letter ~= new_letter then
    if old_letter then
      count('d' .. old_letter, -1)
      if not others[old_letter] then
        unlist(record, old_letter)
      end
    end
    count('d' .. new_letter, 1)
    list(record, new_letter)
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

-- Adds a delivery to an event, which may have been unrouted.
local function enter(record, sub, letter, text, due)
  local was_unrouted = record.subs == ''
  if not string.find(' ' .. record.subs .. ' ', ' ' .. sub .. ' ', 1, true) then
    record.subs = was_unrouted and sub or record.subs .. ' ' .. sub
    call('HSET', record.key, 'subs', record.subs)
  end
  if was_unrouted then
    count('eU', -1)
    unlist(record, 'U')
    put('sluice:finished', 'U' .. record.id, false)
    keep(record, letter, now_text)
  end
  change(record, sub, nil, letter, text, due)
end

-- Returns the attempt in progress, if the named one holds the delivery
-- (DeliveryState.Processing.isHeldBy).
local function held(record, number, attempt, worker)
  local letter, started, spent, replays, since, rest = parse(record.text)
  local is_held = record.number == number and letter == 'P' and started == attempt
    and string.sub(rest, -#worker - 1) == ' ' .. worker
  return is_held and {
    attempt = started, spent = spent, replays = replays, began = since, rest = rest, worker = worker,
  }
end

-- Adds an ended attempt to the history, as a line; of more than a hundred the oldest is dropped.
local function remember(record, sub, attempt, began, ended, worker, outcome, cause, version)
  local field = 'h:' .. sub
  local lines = call('HGET', record.key, field) or ''
  local line = attempt .. '\t' .. worker .. '\t' .. began .. '\t' .. ended .. '\t'
    .. outcome .. '\t' .. (cause or '')
  if version and version ~= '' then
    line = line .. '\t' .. version
  end
  if lines ~= '' then
    local _, breaks = string.gsub(lines, '\n', '\n')
    if breaks >= 99 then
      call('HDEL', responses_of(record.id), sub .. ' ' .. string.match(lines, '^%d+'))
      lines = string.match(lines, '^[^\n]*\n(.*)$')
    end
    line = lines .. '\n' .. line
  end
  call('HSET', record.key, field, line)
end

-- Adds the newest attempt of a finished delivery, which is in its state, to the history.
local function remember_last(record, sub, text)
  local letter, started, _, _, since, rest = parse(text)
  if letter ~= 'C' and letter ~= 'F' then
    return
  end
  local began, worker = string.match(rest, '^(%d+) (.*)$')
  local cause = letter == 'F' and call('HGET', record.key, 'c:' .. sub) or ''
  local outcome = letter == 'F' and 'F' or 'S'
  local number, version = string.match(call('HGET', record.key, 'v:' .. sub) or '', '^(%d+) (%d+)$')
  -- It ended when the delivery did. A node of an earlier release may have left an older version.
  remember(record, sub, started, began, since, worker, outcome, cause, number == started and version)
end

-- Replays a finished delivery. Returns its new state.
local function renew(record, sub, text, replays, due)
  local letter, started = parse(text)
  remember_last(record, sub, text)
  call('HDEL', record.key, 'c:' .. sub)
  local received = waiting_state('R', started, 0, replays, due)
  change(record, sub, letter, 'R', received, due)
  return received
end

-- Clocks may differ, and no new delivery is due later than now.
local function not_later(due)
  return tonumber(due) > now and now_text or due
end

-- Returns when deliveries are due that are due later, by subscription.
local function schedule_of(record)
  local scheduled = {}
  for sub, due in string.gmatch(call('HGET', record.key, 'w') or '', '(%S+) (%d+)') do
    if tonumber(due) > now then
      scheduled[sub] = due
    end
  end
  return scheduled
end

-- Makes a published event visible.
local function admit(record, due_by_its_node)
  local due = not_later(due_by_its_node)
  record.pending = false
  put('sluice:events', record.id, record.number)
  if record.subs == '' then
    call('HSET', record.key, 'p', '')
    restate(record, nil, 'U')
    list(record, 'U')
    keep(record, 'U', due)
    return
  end
  keep(record, 'R')
  local scheduled = schedule_of(record)
  for sub in string.gmatch(record.subs, '%S+') do
    local due_then = scheduled[sub] or due
    local received = 'R 0 0 0 ' .. now_text .. ' ' .. due_then
    call('HSET', record.key, 'p', '', 's:' .. sub, received)
    if record.sub == sub then
      record.text = received
    end
    count('dR', 1)
    put('sluice:waiting', sub .. ' ' .. record.id, due_then)
  end
  restate(record, nil, 'R')
  list(record, 'R')
end

-- Returns whether an event with this sequence may be another one than the event of this record: its
-- id was free again by then, because the event of the record had been finished for as long as it is
-- kept. Otherwise both are one event that was sent again before it was known to be stored.
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

-- Removes an event.
local function forget(record, letter)
  put('sluice:events', record.id, false)
  count('e' .. letter, -1)
  unlist(record, letter)
  put('sluice:finished', letter .. record.id, false)
  for sub in string.gmatch(record.subs, '%S+') do
    local text = state_of(record, sub)
    if text then
      local of_delivery = string.sub(text, 1, 1)
      count('d' .. of_delivery, -1)
      unlist(record, of_delivery)
      put('sluice:waiting', sub .. ' ' .. record.id, false)
      put('sluice:aside', sub .. ' ' .. record.id, false)
      if of_delivery == 'F' then
        unbury(record, sub)
      end
    end
  end
  call('DEL', record.key, body_of(record.id), responses_of(record.id))
end
