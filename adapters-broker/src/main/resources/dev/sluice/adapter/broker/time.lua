-- The time, in microseconds. Prepended to the scripts that need it. ARGV[1] is the time in tests,
-- otherwise empty for the time of Redis.
local now = tonumber(ARGV[1])
if not now then
  local time = redis.call('TIME')
  now = time[1] * 1000000 + time[2]
end

-- Numbers of Lua are doubles, which it would write as 1.7e+15.
local function int(number)
  return string.format('%.0f', number)
end
