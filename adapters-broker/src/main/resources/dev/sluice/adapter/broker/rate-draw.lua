-- Draws from token buckets. ARGV, after the time, for each bucket: its subscription, the tokens per
-- second, the burst, and how many tokens are wanted; negative to put some back.
--
-- sluice:rate:SUBSCRIPTION  tokens  at the time `at`, in microseconds. A full bucket has no key.
--
-- Returns for each bucket: how many were drawn, and the microseconds until it has a token.

-- Redis ran two scripts in the wrong order of time only if its clock was set back.
local SET_BACK = 1000000

-- Stays that long after it is full, in milliseconds.
local SPARE = 60000

local answers = {}
for i = 2, #ARGV, 4 do
  local key = 'sluice:rate:' .. ARGV[i]
  local rate = tonumber(ARGV[i + 1])
  local burst = tonumber(ARGV[i + 2])
  local wanted = tonumber(ARGV[i + 3])
  local known = redis.call('HMGET', key, 'tokens', 'at')
  local level = burst
  local at = now
  if known[1] then
    local filled = tonumber(known[2])
    level = math.min(burst, tonumber(known[1]) + math.max(0, now - filled) * rate / 1000000)
    if now > filled - SET_BACK then
      at = math.max(now, filled)
    end
  end
  local drawn = math.min(wanted, math.floor(level + 0.000001))
  level = math.min(burst, math.max(0, level - drawn))
  if level == burst then
    redis.call('DEL', key)
  else
    redis.call('HSET', key, 'tokens', string.format('%.17g', level), 'at', int(at))
    redis.call('PEXPIRE', key, int(math.ceil((burst - level) / rate * 1000) + SPARE))
  end
  answers[#answers + 1] = int(drawn)
  answers[#answers + 1] = int(math.ceil(math.max(0, 1 - level) / rate * 1000000))
end
return answers
