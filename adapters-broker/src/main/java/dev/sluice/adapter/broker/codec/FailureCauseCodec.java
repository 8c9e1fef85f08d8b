package dev.sluice.adapter.broker.codec;

import dev.sluice.domain.delivery.FailureCause;
import java.util.List;
import java.util.Optional;

/// Encodes failures; an empty text stands for none.
public final class FailureCauseCodec {

  private FailureCauseCodec() {}

  public static String encode(FailureCause cause) {
    return Fields.join(List.of(cause.kind().name(), cause.error(), cause.message()));
  }

  public static String encode(Optional<FailureCause> cause) {
    return cause.map(FailureCauseCodec::encode).orElse("");
  }

  public static Optional<FailureCause> decode(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    List<String> fields = Fields.split(text);
    return Optional.of(
        new FailureCause(FailureCause.Kind.valueOf(fields.get(0)), fields.get(1), fields.get(2)));
  }
}
