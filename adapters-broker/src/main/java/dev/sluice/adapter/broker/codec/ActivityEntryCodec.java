package dev.sluice.adapter.broker.codec;

import dev.sluice.domain.port.ActivityEntry;
import dev.sluice.domain.port.ActivityEntry.Actor;
import dev.sluice.domain.port.ActivityEntry.Deed;
import java.util.List;

/// Encodes entries of the activity log.
public final class ActivityEntryCodec {

  private ActivityEntryCodec() {}

  public static String encode(ActivityEntry entry) {
    Actor actor = entry.actor();
    Deed deed = entry.deed();
    return Fields.join(
        List.of(
            Long.toString(entry.number()),
            Nanos.text(entry.at()),
            actor.name(),
            actor.keyId(),
            actor.role(),
            actor.address(),
            deed.action(),
            deed.target(),
            deed.detail(),
            deed.result(),
            deed.requestId(),
            entry.previousHash(),
            entry.hash()));
  }

  public static ActivityEntry decode(String text) {
    List<String> fields = Fields.split(text);
    return new ActivityEntry(
        Long.parseLong(fields.get(0)),
        Nanos.toInstant(fields.get(1)),
        new Actor(fields.get(2), fields.get(3), fields.get(4), fields.get(5)),
        new Deed(fields.get(6), fields.get(7), fields.get(8), fields.get(9), fields.get(10)),
        fields.get(11),
        fields.get(12));
  }
}
