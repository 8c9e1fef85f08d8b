package dev.sluice.contract.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// The programs of an installed RabbitMQ.
///
/// @param server runs the broker
/// @param ctl controls the broker
/// @param names Erlang's name server, by which the two find each other
record RabbitPrograms(Path server, Path ctl, Path names) {

  private static final String SERVER = "rabbitmq-server";

  /// Returns the programs; empty when RabbitMQ is not installed.
  static Optional<RabbitPrograms> find() {
    // Debian's scripts on the path switch to the user rabbitmq; the scripts that they call do not.
    Stream<Path> places =
        Stream.of(
                Stream.of(Path.of("/usr/lib/rabbitmq/bin", SERVER)),
                Programs.onPath(SERVER).stream(),
                Stream.of(Path.of("/usr/sbin", SERVER)))
            .flatMap(place -> place);
    Optional<Path> server =
        places
            .filter(Files::isExecutable)
            .map(place -> real(real(place).resolveSibling(SERVER)))
            .findFirst();
    return server.flatMap(
        path ->
            nameServer()
                .map(names -> new RabbitPrograms(path, path.resolveSibling("rabbitmqctl"), names)));
  }

  private static Optional<Path> nameServer() {
    return Programs.onPath("epmd")
        .or(() -> Programs.onPath("erl").map(erl -> real(erl).resolveSibling("epmd")))
        .filter(Files::isExecutable);
  }

  private static Path real(Path link) {
    try {
      return link.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
