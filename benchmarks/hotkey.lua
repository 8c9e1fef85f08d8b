-- One event per request, about 200 bytes, all with the same key.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"event_type":"order.paid","key":"hot","payload":{"order":4711,"amount":1999,"currency":"EUR",'
  .. '"customer":"c-1234567","items":[{"sku":"A-1","qty":2},{"sku":"B-2","qty":1}]}}'
