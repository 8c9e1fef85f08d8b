package dev.sluice.application.operate;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/// Makes the ids of bulk jobs and the tokens that start them.
final class BulkTokens {

  private BulkTokens() {}

  static String id(RandomGenerator random) {
    return "bulk_" + hex(random);
  }

  static String token(RandomGenerator random) {
    return "plan_" + hex(random) + hex(random);
  }

  private static String hex(RandomGenerator random) {
    return HexFormat.of().toHexDigits(random.nextLong());
  }
}
