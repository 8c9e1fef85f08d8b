package dev.sluice.architecture;

import java.util.List;
import java.util.stream.Stream;

/// A third-party technology, and the packages below the root that may use it.
// The lists come from List.of, which Error Prone cannot see from the type.
@SuppressWarnings("ImmutableEnumChecker")
enum Technology {
  SQL(
      List.of(
          "java.sql",
          "javax.sql",
          "org.sqlite",
          "org.postgresql",
          "com.zaxxer.hikari",
          "org.flywaydb"),
      List.of("adapter.jdbc")),
  WEB_SERVER(List.of("io.helidon", "io.micrometer"), List.of("adapter.http", "server.log")),
  BROKER(List.of("com.rabbitmq", "redis.clients", "io.lettuce"), List.of("adapter.broker")),
  DESKTOP(List.of("javafx", "atlantafx", "org.kordamp.ikonli"), List.of("admin")),
  JSON(
      List.of("com.fasterxml.jackson"),
      List.of("format", "adapter.http", "adapter.webhook", "admin", "server.demo")),
  CRON(List.of("com.cronutils"), List.of("format.schedule")),
  RATE_LIMITS(List.of("io.github.bucket4j"), List.of("adapter.memory")),
  HTTP_CLIENT(List.of("org.apache.hc"), List.of("adapter.webhook")),
  COMMAND_LINE(List.of("picocli"), List.of("server")),
  CONFIGURATION_FILES(List.of("org.snakeyaml"), List.of("server")),
  LOGGING(List.of("ch.qos.logback", "org.slf4j"), List.of("server"));

  private final List<String> packages;
  private final List<String> homes;

  Technology(List<String> packages, List<String> homes) {
    this.packages = packages;
    this.homes = homes;
  }

  Stream<String> packages() {
    return packages.stream();
  }

  Stream<String> homes(String root) {
    return homes.stream().map(home -> root + '.' + home);
  }
}
