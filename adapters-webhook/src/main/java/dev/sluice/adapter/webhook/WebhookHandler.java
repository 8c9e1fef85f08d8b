package dev.sluice.adapter.webhook;

import dev.sluice.adapter.webhook.SendResult.Responded;
import dev.sluice.adapter.webhook.WebhookRequests.Written;
import dev.sluice.adapter.webhook.pace.ReceiverPace;
import dev.sluice.adapter.webhook.pace.ReceiverPaces;
import dev.sluice.adapter.webhook.signature.WebhookSecret;
import dev.sluice.application.sample.PreviewingHandler;
import dev.sluice.application.work.PacedHandler;
import dev.sluice.application.work.ReceiverView;
import dev.sluice.domain.delivery.Outcome;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.port.AttemptContext;
import dev.sluice.domain.port.PortException;
import dev.sluice.domain.secret.Secret;
import dev.sluice.domain.secret.SigningSecret;
import dev.sluice.domain.subscription.Destination.Webhook;
import dev.sluice.domain.subscription.Subscription;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/// Delivers events to receivers: one signed request for each attempt.
final class WebhookHandler implements PacedHandler, PreviewingHandler {

  /// Attempts that may wait for receivers at once; a waiting one costs a virtual thread and its
  /// buffers.
  static final int SLOTS = 1_024;

  /// How long an attempt may take where the subscription does not say it.
  static final Duration TIMEOUT = Duration.ofSeconds(15);

  /// How many requests a subscription that sets no limit may send at once.
  static final int DEFAULT_CONCURRENCY = 32;

  private static final Secret NO_SECRET = new Secret.Plain(WebhookSecret.PREFIX + "A".repeat(32));

  private final KnownReceivers receivers;
  private final WebhookRequests requests;
  private final WebhookSender sender;
  private final ReceiverPaces paces;
  private final Duration pauseAfter;
  private final InstantSource clock;

  WebhookHandler(
      KnownReceivers receivers,
      WebhookRequests requests,
      WebhookSender sender,
      ReceiverPaces paces,
      Duration pauseAfter,
      InstantSource clock) {
    this.receivers = receivers;
    this.requests = requests;
    this.sender = sender;
    this.paces = paces;
    this.pauseAfter = pauseAfter;
    this.clock = clock;
  }

  @Override
  public int slots() {
    return SLOTS;
  }

  @Override
  public Duration timeout() {
    return TIMEOUT;
  }

  @Override
  public Duration pauseAfter() {
    return pauseAfter;
  }

  @Override
  public int limitOf(Subscription subscription) {
    int most = mostOf(subscription);
    return paces
        .find(subscription.name())
        .map(pace -> pace.limit(most))
        .orElse(ReceiverPaces.limitOfUnknown(most));
  }

  @Override
  public ReceiverView viewOf(Subscription subscription) {
    int most = mostOf(subscription);
    return paces
        .find(subscription.name())
        .map(pace -> pace.view(most))
        .orElseGet(() -> ReceiverPaces.viewOfUnknown(most));
  }

  private static int mostOf(Subscription subscription) {
    return subscription.definition().policy().concurrency().orElse(DEFAULT_CONCURRENCY);
  }

  @Override
  public Outcome handle(Event event, AttemptContext attempt) {
    if (!(attempt.destination() instanceof Webhook webhook)) {
      throw new IllegalArgumentException(attempt.destination().kind() + " is not a webhook");
    }
    return deliver(
        event,
        attempt,
        () -> receivers.of(attempt.subscription(), webhook),
        receiver -> paces.of(attempt.subscription(), receiver.host()));
  }

  @Override
  public Outcome sample(Event event, AttemptContext attempt) {
    if (!(attempt.destination() instanceof Webhook webhook)) {
      throw new IllegalArgumentException(attempt.destination().kind() + " is not a webhook");
    }
    return deliver(
        event,
        attempt,
        () -> receivers.read(attempt.subscription(), webhook),
        receiver -> paces.forSample(attempt.subscription(), receiver.host()));
  }

  private Outcome deliver(
      Event event,
      AttemptContext attempt,
      Supplier<Receiver> receivers,
      Function<Receiver, ReceiverPace> paceOf) {
    Receiver receiver;
    try {
      receiver = receivers.get();
    } catch (RefusedUrlException e) {
      return new Outcome.Unwanted(String.valueOf(e.getMessage()), Optional.empty());
    } catch (PortException e) {
      return Outcome.failed("SecretUnavailable", String.valueOf(e.getMessage()));
    }
    return switch (requests.of(receiver, event, attempt)) {
      case Written.Impossible(String reason) -> Outcome.failedForGood("BodyNotRendered", reason);
      case Written.Request(WebhookRequest request) ->
          send(receiver, request, attempt, paceOf.apply(receiver));
    };
  }

  private Outcome send(
      Receiver receiver, WebhookRequest request, AttemptContext attempt, ReceiverPace pace) {
    if (!pace.begin()) {
      return new Outcome.NotMade("The circuit breaker of the receiver is open.");
    }
    boolean isRecorded = false;
    try {
      SendResult result = sender.send(request);
      pace.observed(result instanceof Responded it ? it.status() : 0, result.times().total());
      ResponseAction action =
          ResponseMeaning.of(result, rules(receiver.webhook(), attempt), clock.instant());
      Outcome outcome = new AttemptVerdict(receiver, pace).on(result, action);
      isRecorded = true;
      return outcome;
    } finally {
      if (!isRecorded) {
        pace.notSent(false);
      }
    }
  }

  private static ResponseRules rules(Webhook webhook, AttemptContext attempt) {
    Set<Integer> permanent = new HashSet<>(ResponseRules.PERMANENT);
    permanent.addAll(webhook.permanentStatuses());
    return new ResponseRules(attempt.retryDelay(), permanent);
  }

  @Override
  public Preview preview(Event event, AttemptContext attempt) {
    if (!(attempt.destination() instanceof Webhook webhook)) {
      throw new IllegalArgumentException(attempt.destination().kind() + " is not a webhook");
    }
    try {
      Receiver receiver = receivers.read(attempt.subscription(), signable(webhook));
      return switch (requests.of(receiver, event, attempt)) {
        case Written.Impossible(String reason) ->
            new Preview("Fails each attempt: " + reason, Optional.empty());
        case Written.Request(WebhookRequest request) -> preview(webhook, request);
      };
    } catch (RefusedUrlException | PortException e) {
      return new Preview("Cannot be sent: " + e.getMessage(), Optional.empty());
    }
  }

  /// A definition that is not stored may have no secret yet, and no preview shows a signature.
  private static Webhook signable(Webhook webhook) {
    return webhook.secrets().isEmpty()
        ? webhook.with(
            List.of(new SigningSecret(NO_SECRET, Optional.empty())), webhook.credentials())
        : webhook;
  }

  private static Preview preview(Webhook webhook, WebhookRequest request) {
    return new Preview(
        "Sends this body with POST to "
            + webhook.url()
            + ", with the headers "
            + String.join(", ", request.headers().keySet())
            + ".",
        Optional.of(request.text()));
  }
}
