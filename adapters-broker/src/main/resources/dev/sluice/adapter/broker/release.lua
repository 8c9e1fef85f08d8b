-- Releases ids whose events were not published. Arguments: the token of the reservation; then the
-- ids.
local who = take()
while has_more() do
  local id = take()
  local record = find(id)
  if record and record.pending == who then
    call('DEL', record.key, body_of(id))
  end
end
