-- Makes published events visible. Arguments: the token of the reservation; then for each event its
-- id and when it is due.
local who = take()
while has_more() do
  local id, due = take(2)
  local record = find(id)
  -- A worker may have been faster, and made it visible.
  if record and record.pending == who then
    admit(record, due)
  end
end
write()
