package dev.sluice.adapter.http.subscription;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sluice.domain.subscription.Pause;
import dev.sluice.format.EventWriter;
import java.io.IOException;
import java.util.Optional;

/// A pause in responses.
public final class PauseJson {

  private PauseJson() {}

  /// Writes the member `paused`: the pause, or null.
  public static void write(JsonGenerator json, Optional<Pause> pause) throws IOException {
    if (pause.isPresent()) {
      json.writeObjectFieldStart("paused");
      writeMembers(json, pause.get());
      json.writeEndObject();
    } else {
      json.writeNullField("paused");
    }
  }

  /// Writes the members of a pause into an open object.
  public static void writeMembers(JsonGenerator json, Pause pause) throws IOException {
    json.writeStringField("reason", pause.reason());
    json.writeStringField("by", pause.by());
    EventWriter.writeTime(json, "at", pause.at());
    if (pause.end().isPresent()) {
      EventWriter.writeTime(json, "until", pause.until());
    } else {
      json.writeNullField("until");
    }
  }
}
