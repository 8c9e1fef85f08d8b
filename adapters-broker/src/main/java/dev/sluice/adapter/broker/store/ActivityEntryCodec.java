package dev.sluice.adapter.broker.store;

import dev.sluice.adapter.broker.codec.Fields;
import dev.sluice.adapter.broker.codec.Nanos;
import dev.sluice.domain.port.ActivityEntry;
import dev.sluice.domain.port.ActivityEntry.Actor;
import dev.sluice.domain.port.ActivityEntry.Operation;
import java.util.List;

/// Encodes entries of the activity log.
final class ActivityEntryCodec {

  private ActivityEntryCodec() {}

  static String encode(ActivityEntry entry) {
    Actor actor = entry.actor();
    Operation operation = entry.operation();
    return Fields.join(
        List.of(
            Long.toString(entry.number()),
            Nanos.text(entry.at()),
            actor.name(),
            actor.keyId(),
            actor.role(),
            actor.address(),
            operation.action(),
            operation.target(),
            operation.detail(),
            operation.result(),
            operation.requestId(),
            entry.previousHash(),
            entry.hash()));
  }

  static ActivityEntry decode(String text) {
    List<String> fields = Fields.split(text);
    return new ActivityEntry(
        Long.parseLong(fields.get(0)),
        Nanos.toInstant(fields.get(1)),
        new Actor(fields.get(2), fields.get(3), fields.get(4), fields.get(5)),
        new Operation(fields.get(6), fields.get(7), fields.get(8), fields.get(9), fields.get(10)),
        fields.get(11),
        fields.get(12));
  }
}
