-- Returns batches of nodes other than this one. Arguments: the position after which they begin;
-- this node; the most batches. Returns for each its position, how many changes it lacks and its
-- node, separated by spaces; then its changes.
local PAGE = 100
local after, reader, limit = ARGV[1], ARGV[2], tonumber(ARGV[3])
local answers = {}
local heads
repeat
  heads = redis.call(
    'ZRANGE', 'sluice:changes', '(' .. after, '+inf', 'BYSCORE', 'LIMIT', 0, PAGE)
  for _, head in ipairs(heads) do
    local position, node = string.match(head, '^(%d+) %S+ (.*)$')
    after = position
    if node ~= reader and #answers < 2 * limit then
      answers[#answers + 1] = head
      answers[#answers + 1] = redis.call('HGET', 'sluice:changes:batches', position) or ''
    end
  end
until #heads < PAGE or #answers >= 2 * limit
return answers
