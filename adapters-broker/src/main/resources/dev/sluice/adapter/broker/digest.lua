-- Stores digests of existing events. Arguments: for each its id, its sequence and the digest.
while has_more() do
  local id, number, digest = take(3)
  local record = find(id)
  if record and record.number == number then
    call('HSET', record.key, 'g', digest)
  end
end
