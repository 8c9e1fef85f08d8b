package dev.sluice.format;

import dev.sluice.domain.event.ContentDigest;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.port.ContentDigests;
import java.util.Arrays;
import java.util.Base64;

/// Digests of the canonical form of type, source and payload: the first 128 bits of SHA-256.
///
/// 128 bits are enough: two events that share an id by accident have different digests, and a
/// producer who searched for a collision, which takes 2^64 attempts, would only harm himself.
public final class JsonContentDigests implements ContentDigests {

  /// Identifies the canonical form and the hash. A change of either needs another character here;
  /// stored digests are then computed again when they are needed.
  private static final String FORM = "1";

  private static final int BYTES = 16;
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  @Override
  public ContentDigest of(Event event) {
    String json = event.payload().json();
    var form = new CanonicalBytes(json.length());
    form.text(event.type().value());
    event.attributes().source().ifPresentOrElse(form::text, form::absent);
    new CanonicalJson(json, form).write();
    return new ContentDigest(FORM + ENCODER.encodeToString(Arrays.copyOf(form.hash(), BYTES)));
  }
}
