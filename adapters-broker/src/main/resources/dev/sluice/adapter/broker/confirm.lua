-- Events are published: who published them; then for each its id and when it is due.
local who = take()
while has_more() do
  local id, due = take(2)
  local record = find(id)
  -- A worker may have been quicker, and then it is known already.
  if record and record.pending == who then
    admit(record, due)
  end
end
write()
