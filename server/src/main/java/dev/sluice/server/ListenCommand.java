package dev.sluice.server;

import dev.sluice.adapter.webhook.receiver.ReceiverAdapter;
import dev.sluice.adapter.webhook.receiver.ReceiverSettings;
import dev.sluice.domain.text.DurationCodec;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `sluice listen`: receives webhooks, verifies and prints them, until it is interrupted.
@Command(
    name = "listen",
    description = "Receive webhooks on this machine: verify and print each one, for trials.",
    footer = {
      "",
      "Prints one line for each request, with the body below: the response, the webhook-id, the"
          + " number of the attempt, and whether the signature is valid. Ctrl+C ends it.",
      "With --fail 0.2, about one request in five fails; --status sets the status."
    },
    sortOptions = false)
final class ListenCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs.
  private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "PORT",
      description = "port to listen on; 0: a free port (default: 9000)")
  private int port = 9_000;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "address to listen on (default: 127.0.0.1, for this machine only)")
  private String host = "127.0.0.1";

  @Option(
      names = "--secret",
      paramLabel = "SECRET",
      description =
          "secret of the subscription, whsec_...; several while it is rotated (default: signatures"
              + " are not checked)")
  private List<String> secrets = List.of();

  @Option(
      names = "--fail",
      paramLabel = "SHARE",
      description = "share of the requests that fail, from 0 to 1 (default: 0; with --status: 1)")
  private @Nullable Double fail;

  @Option(
      names = "--status",
      paramLabel = "CODE",
      description = "status of the requests that fail, 200 to 599 (default: 500)")
  private @Nullable Integer status;

  @Option(
      names = "--delay",
      paramLabel = "DURATION",
      description = "time before each response, such as 500ms or 20s (default: 0s)")
  private String delay = "0s";

  @Option(names = "--headers", description = "print all headers of each request")
  private boolean showsHeaders;

  @Override
  public Integer call() throws InterruptedException {
    ReceiverSettings settings = settings();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        ReceiverAdapter receiver =
            ReceiverAdapter.start(
                settings,
                spec.commandLine().getOut(),
                new SharedRandom(),
                InstantSource.system(),
                threads)) {
      announce(receiver, settings);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> print(receiver.summary())));
      new CountDownLatch(1).await();
      return Main.OK;
    } catch (IOException e) {
      spec.commandLine()
          .getErr()
          .println(
              ("sluice: cannot listen on %s:%d: %s; choose another --host, or another port,"
                      + " such as sluice listen %d")
                  .formatted(host, port, e.getMessage(), port == 9_000 ? 9_001 : 9_000));
      return Main.FAILED;
    }
  }

  private void announce(ReceiverAdapter receiver, ReceiverSettings settings) {
    print("Listening on http://" + host + ":" + receiver.port() + "/ (Ctrl+C ends it)");
    if (settings.secrets().isEmpty()) {
      print("Signatures are not checked; give the secret of the subscription with --secret.");
    }
  }

  private void print(String line) {
    spec.commandLine().getOut().println(line);
  }

  private ReceiverSettings settings() {
    try {
      double share = fail == null ? (status == null ? 0 : 1) : fail;
      return new ReceiverSettings(
          host, port, secrets, share, status == null ? 500 : status, pause(), showsHeaders);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
  }

  private Duration pause() {
    return DurationCodec.decode(delay)
        .orElseThrow(
            () -> new IllegalArgumentException("--delay must be a duration such as 500ms or 20s"));
  }
}
