package dev.sluice.adapter.http;

import java.util.Locale;

/// The kinds of problem in responses. Their names are part of the API: programs branch on them.
public enum ProblemCode {
  BAD_REQUEST(400, "The request is malformed"),
  INVALID_JSON(400, "The body is not valid JSON"),
  INVALID_EVENT(400, "The event is not valid"),
  INVALID_FILTER(400, "The filter is not valid"),
  INVALID_SUBSCRIPTION(400, "The subscription is not valid"),
  INVALID_SCHEDULE(400, "The schedule is not valid"),
  INVALID_TEST(400, "The test is not valid"),
  INVALID_PAUSE(400, "The pause is not valid"),
  INVALID_BATCH(400, "No event of the batch is valid"),
  INVALID_QUERY(400, "A query parameter is not valid"),
  INVALID_CURSOR(400, "The cursor is not valid"),
  INVALID_HEADER(400, "A header is not valid"),
  INVALID_KEY(400, "The key is not valid"),
  UNAUTHORIZED(401, "A valid key is required"),
  FORBIDDEN(403, "The key does not allow this request"),
  FOREIGN_ORIGIN(403, "The request comes from another origin"),
  TYPE_NOT_ALLOWED(403, "The key does not allow events of this type"),
  NOT_FOUND(404, "Not found"),
  METHOD_NOT_ALLOWED(405, "The method is not allowed for this path"),
  REQUEST_TIMEOUT(408, "The request took too long to arrive"),
  DUPLICATE_EVENT(409, "The event is already stored"),
  EVENT_ID_CONFLICT(409, "Another event has this id"),
  EVENT_ID_TAKEN(409, "An event with this id is stored"),
  STATE_CONFLICT(409, "The current state does not allow this action"),
  TOO_MANY_KEYS(409, "The limit on keys is reached"),
  TOO_MANY_SUBSCRIPTIONS(409, "The limit on subscriptions is reached"),
  TOO_MANY_SCHEDULES(409, "The limit on schedules is reached"),
  HAS_DELIVERIES(409, "The subscription has unfinished deliveries"),
  MANAGED_BY_FILE(409, "A file declares the subscription"),
  PLAN_USED(409, "The plan was already started"),
  PRECONDITION_FAILED(412, "The expected version is not stored"),
  PAYLOAD_TOO_LARGE(413, "The request is too large"),
  URI_TOO_LONG(414, "The URI is too long"),
  UNSUPPORTED_MEDIA_TYPE(415, "The media type is not supported"),
  IDEMPOTENCY_KEY_CONFLICT(422, "The idempotency key was used for another event"),
  RATE_LIMITED(429, "Too many requests"),
  HEADERS_TOO_LARGE(431, "The headers are too large"),

  EVENT_DAMAGED(500, "The stored event is damaged"),
  INTERNAL_ERROR(500, "Internal error"),
  NOT_IMPLEMENTED(501, "The method is unknown"),
  BACKLOG_FULL(503, "The backlog is full"),
  STORE_FULL(503, "The storage is full"),
  EVENT_ID_BUSY(503, "Another request has the same event id"),
  DRAINING(503, "The service is shutting down"),
  WORKER_NODE(503, "This node does not accept events"),
  TOO_MANY_STREAMS(503, "Too many clients are streaming"),
  OVERLOADED(503, "The service is overloaded"),
  STORE_UNAVAILABLE(503, "The storage is unavailable"),
  HTTP_VERSION_NOT_SUPPORTED(505, "The HTTP version is not supported");

  private final int status;
  private final String title;

  ProblemCode(int status, String title) {
    this.status = status;
    this.title = title;
  }

  int status() {
    return status;
  }

  String title() {
    return title;
  }

  /// Returns the name in the API.
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Returns the URI of the kind of problem; an identifier, not an address to fetch.
  String type() {
    return "urn:sluice:problem:" + wireName();
  }
}
