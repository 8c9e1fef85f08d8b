-- Reserves ids for events before they are published. Arguments: a token, and for how many
-- milliseconds ids are reserved; then for each event its id, its subscriptions, its text, the
-- digest of its content (empty for none), and those of its subscriptions whose deliveries do not begin
-- before a time, each with that time (empty for none). Returns for each its sequence, or `taken`, or `busy` when
-- another caller has reserved the id.
local who, patience = take(2)
local answers = {}

-- Sequences follow the time, so that they keep rising after Redis was emptied.
local time = call('TIME')
local last = tonumber(call('GET', 'sluice:last') or '0')
last = math.max(last, time[1] * 1000000 + time[2])

while has_more() do
  local id, subs, body, digest, schedule = take(5)
  local record = find(id)
  if not record then
    last = last + 1
    local number = int(last)
    if digest == '' then
      call('HSET', key_of(id), 'n', number, 'subs', subs, 'p', who)
    else
      call('HSET', key_of(id), 'n', number, 'subs', subs, 'p', who, 'g', digest)
    end
    if schedule ~= '' then
      call('HSET', key_of(id), 'w', schedule)
    end
    call('PEXPIRE', key_of(id), patience)
    call('SET', body_of(id), body, 'PX', patience)
    answers[#answers + 1] = number
  else
    answers[#answers + 1] = record.pending and 'busy' or 'taken'
  end
end
call('SET', 'sluice:last', int(last))
return answers
