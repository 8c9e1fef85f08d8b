-- Cancels or discards deliveries. Arguments: `cancel` or `discard`, and until when deliveries must
-- not have changed (empty for any time); then for each event its id and the subscriptions to change
-- (empty for all), separated by spaces. Returns for each the subscriptions of its deliveries that
-- changed, separated by spaces.
local wish, time = take(2)
local unchanged_since = tonumber(time)
local answers = {}

local function may_change(sub, letter, since, meant)
  local is_right = wish == 'cancel' and WAITING[letter] or letter == 'F' and wish ~= 'cancel'
  return is_right
    and (meant == '' or string.find(' ' .. meant .. ' ', ' ' .. sub .. ' ', 1, true))
    and not (unchanged_since and tonumber(since) > unchanged_since)
end

while has_more() do
  local id, meant = take(2)
  local record = find(id)
  local changed = {}
  if record and not record.pending then
    for sub in string.gmatch(record.subs, '%S+') do
      local text = state_of(record, sub)
      local letter, started, spent, replays, since = parse(text or '')
      if letter and may_change(sub, letter, since, meant) then
        if letter == 'F' then
          remember_last(record, sub, text)
        end
        change(record, sub, letter, 'X',
          'X ' .. started .. ' ' .. spent .. ' ' .. replays .. ' ' .. now_text)
        changed[#changed + 1] = sub
      end
    end
  end
  answers[#answers + 1] = table.concat(changed, ' ')
end
write()
return answers
