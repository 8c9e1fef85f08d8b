-- A thousand events per request.
local line = '{"event_type":"order.paid","payload":{"order":4711,"amount":1999,"currency":"EUR",'
  .. '"customer":"c-1234567","items":[{"sku":"A-1","qty":2},{"sku":"B-2","qty":1}]}}\n'
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/x-ndjson"
wrk.body = string.rep(line, 1000)
