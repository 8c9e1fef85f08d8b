-- Counts deliveries in one status by subscription, a page of events at a time, oldest events first.
-- Arguments: the letter of the status; the sequence after which the page begins; the most events.
-- Returns the sequence at which the page ended, empty at the end; then for each subscription its
-- name, its number of deliveries, and since when the oldest has been due, empty when none is.

-- Deliveries of an event with very many subscriptions are read in parts; a page ends after this many.
local MOST_READ = 2000

local letter, after, limit = take(3)
local numbers, oldest = {}, {}
local read = 0

local function add(sub, text)
  local in_letter, _, _, _, _, due = parse(text)
  if in_letter ~= letter then
    return
  end
  numbers[sub] = (numbers[sub] or 0) + 1
  if WAITING[letter] and tonumber(due) <= now then
    oldest[sub] = math.min(oldest[sub] or now, tonumber(due))
  end
end

local function add_all(id)
  local subs, keys = {}, {}
  for sub in string.gmatch(call('HGET', key_of(id), 'subs') or '', '%S+') do
    subs[#subs + 1] = sub
    keys[#keys + 1] = 's:' .. sub
  end
  for first = 1, #keys, 1000 do
    local last = math.min(first + 999, #keys)
    for index, text in ipairs(call('HMGET', key_of(id), unpack(keys, first, last))) do
      if text then
        add(subs[first + index - 1], text)
      end
    end
  end
  read = read + #keys
end

local page = call('ZRANGE', 'sluice:in:' .. letter, '(' .. after, '+inf', 'BYSCORE',
  'LIMIT', 0, limit, 'WITHSCORES')
local ended = #page < 2 * tonumber(limit) and '' or page[#page]
for index = 1, #page, 2 do
  add_all(page[index])
  if read >= MOST_READ and index + 1 < #page then
    ended = page[index + 1]
    break
  end
end

local answers = { ended }
for sub, number in pairs(numbers) do
  answers[#answers + 1] = sub
  answers[#answers + 1] = tostring(number)
  answers[#answers + 1] = oldest[sub] and int(oldest[sub]) or ''
end
return answers
