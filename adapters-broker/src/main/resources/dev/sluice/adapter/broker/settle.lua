-- Settles attempts. Arguments: for each the event's id, sequence and subscription, the number of
-- the attempt and its worker, the outcome (C completed, T to be retried, F failed, H handed back, E expired),
-- when it is due again, the failure, its fingerprint, and the version of the subscription, if known;
-- the class of the status of the response, and the response, if there is one. Returns for each `ok`,
-- `lost` or `missing`.
local answers = {}

local function settle(record, sub, work, outcome, due, cause, fingerprint, version)
  local began, worker = work.began, work.worker
  if version ~= '' and (outcome == 'C' or outcome == 'F') then
    record.version = work.attempt .. ' ' .. version
  end
  if outcome == 'C' then
    change(record, sub, 'P', 'C',
      finished_state('C', work.attempt, work.spent, work.replays, began, worker))
  elseif outcome == 'F' then
    call('HSET', record.key, 'c:' .. sub, cause)
    bury(record, sub, fingerprint)
    change(record, sub, 'P', 'F',
      finished_state('F', work.attempt, work.spent, work.replays, began, worker))
  elseif outcome == 'T' then
    call('HSET', record.key, 'c:' .. sub, cause)
    remember(record, sub, work.attempt, began, now_text, worker, 'F', cause, version)
    change(record, sub, 'P', 'T',
      waiting_state('T', work.attempt, work.spent, work.replays, due), due)
  elseif outcome == 'E' then
    remember(record, sub, work.attempt, began, now_text, worker, 'H', '', version)
    change(record, sub, 'P', 'E',
      'E ' .. work.attempt .. ' ' .. work.spent - 1 .. ' ' .. work.replays .. ' ' .. now_text)
  else
    remember(record, sub, work.attempt, began, now_text, worker, 'H', '', version)
    local _, letter, due_before = work_of(work.rest)
    change(record, sub, 'P', letter,
      waiting_state(letter, work.attempt, work.spent - 1, work.replays, due_before), due_before)
  end
end

-- How many attempts of a subscription and a class of status are listed
-- (EventStore.MIN_ATTEMPTS_KEPT).
local MOST_LISTED = 1000

-- Must come before the event finishes, which lets its responses expire sooner.
local function keep_response(record, sub, attempt, class, response)
  call('HSET', responses_of(record.id), sub .. ' ' .. attempt, response)
  call('PEXPIRE', responses_of(record.id), responses_kept)
  local newest = 'sluice:attempts:' .. class .. ':' .. sub
  call('LPUSH', newest, now_text .. ' ' .. record.number .. ' ' .. attempt .. ' ' .. record.id)
  call('LTRIM', newest, 0, MOST_LISTED - 1)
  call('PEXPIRE', newest, retention)
end

while has_more() do
  local id, number, sub, attempt, worker, outcome, due, cause, fingerprint, version = take(10)
  local class, response = take(2)
  local record = find(id, sub)
  if not record or not record.text then
    answers[#answers + 1] = 'missing'
  else
    local work = held(record, number, attempt, worker)
    if work then
      if response ~= '' then
        keep_response(record, sub, attempt, class, response)
      end
      settle(record, sub, work, outcome, due, cause, fingerprint, version)
    end
    answers[#answers + 1] = work and 'ok' or 'lost'
  end
end
write()
return answers
