package dev.sluice.server;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.Supplier;

/// Generates unguessable secrets: 32 random bytes as hexadecimal digits.
final class Secrets implements Supplier<String> {

  private static final int BYTES = 32;

  private final SecureRandom random = new SecureRandom();

  @Override
  public String get() {
    byte[] secret = new byte[BYTES];
    random.nextBytes(secret);
    return HexFormat.of().formatHex(secret);
  }
}
