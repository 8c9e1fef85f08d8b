-- Returns stored events without their payloads. Arguments: their ids. Returns for each that is
-- stored its id, sequence, letter, digest and the beginning of its text, which is long enough for
-- id, type and times.
local answers = {}
while has_more() do
  local id = take()
  local record = find(id)
  if record and not record.pending then
    answers[#answers + 1] = id
    answers[#answers + 1] = record.number
    answers[#answers + 1] = letter_of(record, '', 'U') or 'R'
    answers[#answers + 1] = call('HGET', record.key, 'g') or ''
    answers[#answers + 1] = call('GETRANGE', body_of(id), 0, 8191)
  end
end
return answers
