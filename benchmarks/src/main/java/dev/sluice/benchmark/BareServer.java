package dev.sluice.benchmark;

import io.helidon.common.mapper.MapperManager;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;

/// The upper bound: a Helidon server with one POST route that reads the body and responds with a
/// constant.
public final class BareServer {

  private BareServer() {}

  /// Starts on the given port of the loopback address and runs until it is killed. Shares the
  /// mappers as the service does, which makes Helidon several times as fast, unless the second
  /// argument is `plain`.
  @SuppressWarnings("removal")
  public static void main(String[] arguments) {
    if (arguments.length < 2 || !arguments[1].equals("plain")) {
      MapperManager.global(MapperManager.create());
    }
    WebServer server =
        WebServer.builder()
            .address(InetAddress.getLoopbackAddress())
            .port(Integer.parseInt(arguments[0]))
            .routing(routing())
            .build()
            .start();
    System.out.println("bare server on port " + server.port());
  }

  private static HttpRouting.Builder routing() {
    byte[] answer = "{\"status\":\"accepted\"}".getBytes(StandardCharsets.UTF_8);
    return HttpRouting.builder()
        .post(
            "/events",
            (request, response) -> {
              request.content().as(byte[].class);
              response.status(Status.ACCEPTED_202).send(answer);
            });
  }
}
