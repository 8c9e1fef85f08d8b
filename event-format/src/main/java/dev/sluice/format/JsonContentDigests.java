package dev.sluice.format;

import dev.sluice.domain.event.ContentDigest;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.port.ContentDigests;
import java.util.Arrays;
import java.util.Base64;

/// Digests over the canonical form of type, source and payload: the first 128 bits of SHA-256.
///
/// A digest of 128 bits is enough: two events that share an id by accident differ in it, and a
/// producer who looked for a collision, which takes 2^64 trials, would deceive only himself.
public final class JsonContentDigests implements ContentDigests {

  /// Names the canonical form and the hash. Whoever changes either takes another letter; then
  /// stored digests are computed again when they are needed.
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
