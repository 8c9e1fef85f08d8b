package dev.sluice.contract.servers;

import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Where tests get RabbitMQ and Redis from: the first of these that is available.
enum BrokerSource {
  ENVIRONMENT,
  PACKAGES,
  DOCKER,
  NOWHERE;

  private static final String AMQP_VARIABLE = "SLUICE_TEST_AMQP_URL";
  private static final String REDIS_VARIABLE = "SLUICE_TEST_REDIS_URL";

  /// Returns the source of this machine, which is determined once.
  static BrokerSource here() {
    return Here.SOURCE;
  }

  private static final class Here {

    private static final BrokerSource SOURCE =
        find(
            variable(AMQP_VARIABLE),
            variable(REDIS_VARIABLE),
            BrokerSource::arePackagesInstalled,
            BrokerContainers::arePossible);
  }

  static BrokerSource find(
      Optional<String> amqp,
      Optional<String> redis,
      BooleanSupplier packages,
      BooleanSupplier docker) {
    if (amqp.isPresent() || redis.isPresent()) {
      return ENVIRONMENT;
    }
    if (packages.getAsBoolean()) {
      return PACKAGES;
    }
    return docker.getAsBoolean() ? DOCKER : NOWHERE;
  }

  static boolean arePackagesInstalled() {
    return RabbitServer.isInstalled() && RedisServer.isInstalled();
  }

  private static Optional<String> variable(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
  }

  /// Returns the servers; starts them if they are not running.
  RunningBrokers start() throws IOException {
    return switch (this) {
      case ENVIRONMENT ->
          new RunningBrokers.Given(new BrokerUrls(given(AMQP_VARIABLE), given(REDIS_VARIABLE)));
      case PACKAGES -> RunningBrokers.Packaged.start();
      case DOCKER -> BrokerContainers.start();
      case NOWHERE -> throw new IllegalStateException(MissingBrokers.ADVICE);
    };
  }

  private static String given(String name) {
    return variable(name)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "set both %s and %s, or neither; %s is missing"
                        .formatted(AMQP_VARIABLE, REDIS_VARIABLE, name)));
  }
}
