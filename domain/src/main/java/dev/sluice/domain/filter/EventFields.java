package dev.sluice.domain.filter;

import java.util.List;

/// The fields of an event that filters can name.
public interface EventFields {

  String TYPE = "type";
  String SOURCE = "source";
  String SUBJECT = "subject";
  String KEY = "key";
  String PAYLOAD = "payload";

  /// All names, in the order in which they are decided: the payload is last, because it must be
  /// read first.
  List<String> NAMES = List.of(TYPE, SOURCE, SUBJECT, KEY, PAYLOAD);

  /// Returns the value of a field; [JsonValue#NOTHING] if the event does not have it.
  JsonValue field(String name);
}
