-- Extends leases. Arguments: the lease in microseconds; then for each the event's id, sequence and
-- subscription, the number of the attempt and its worker. Returns for each `ok` or `lost`.
local lease = tonumber(take())
local answers = {}
local function extend(record, sub, number, attempt, worker)
  local work = held(record, number, attempt, worker)
  if not work then
    return 'lost'
  end
  local longer = string.gsub(work.rest, '^%d+', int(now + lease))
  call('HSET', record.key, 's:' .. sub,
    table.concat({ 'P', work.attempt, work.spent, work.replays, work.began, longer }, ' '))
  return 'ok'
end

while has_more() do
  local id, number, sub, attempt, worker = take(5)
  local record = find(id, sub)
  if not record then
    -- Redis was emptied: without a record no other worker can have begun it.
    answers[#answers + 1] = 'ok'
  elseif not record.text then
    answers[#answers + 1] = 'lost'
  else
    answers[#answers + 1] = extend(record, sub, number, attempt, worker)
  end
end
return answers
