-- One event per request, about 200 bytes, with one of 10,000 keys and a random priority.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
request = function()
  return wrk.format(nil, nil, nil, '{"event_type":"order.paid","key":"k-' .. math.random(10000)
    .. '","priority":' .. math.random(0, 9) .. ',"payload":{"order":4711,"amount":1999,"currency":"EUR",'
    .. '"customer":"c-1234567","items":[{"sku":"A-1","qty":2},{"sku":"B-2","qty":1}]}}')
end
