-- One event per request, about 200 bytes, of the types order.1 to order.100 in turn.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
local count = 0
request = function()
  count = count + 1
  return wrk.format(nil, nil, nil, '{"event_type":"order.' .. (count % 100 + 1)
    .. '","payload":{"order":4711,"amount":1999,"currency":"EUR",'
    .. '"customer":"c-1234567","items":[{"sku":"A-1","qty":2},{"sku":"B-2","qty":1}]}}')
end
