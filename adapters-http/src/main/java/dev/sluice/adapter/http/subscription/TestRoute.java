package dev.sluice.adapter.http.subscription;

import dev.sluice.adapter.http.Audit;
import dev.sluice.adapter.http.Exchange;
import dev.sluice.adapter.http.MediaTypes;
import dev.sluice.adapter.http.Problem;
import dev.sluice.adapter.http.ProblemCode;
import dev.sluice.adapter.http.ProblemException;
import dev.sluice.adapter.http.Problems;
import dev.sluice.adapter.http.QueryParameters;
import dev.sluice.adapter.http.RequestBodies;
import dev.sluice.adapter.http.TraceHeaders;
import dev.sluice.adapter.http.subscription.TestRequest.Sample;
import dev.sluice.application.UseCases;
import dev.sluice.application.routing.MatchExplanation;
import dev.sluice.application.sample.TestSubscriptions;
import dev.sluice.application.subscription.SubscriptionEdit;
import dev.sluice.application.work.SampleAttempt;
import dev.sluice.domain.access.Role;
import dev.sluice.domain.delivery.EventRecord;
import dev.sluice.domain.destination.RefusedDestinationException;
import dev.sluice.domain.event.Event;
import dev.sluice.domain.event.EventId;
import dev.sluice.domain.subscription.Lifecycle;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionDefinition;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.format.FieldProblem;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// `POST /subscriptions/{name}/test`: shows what a subscription would do with an event, and on
/// request does it once. The event is not stored, and the attempt is not counted.
public final class TestRoute {

  private final UseCases useCases;
  private final TestSubscriptions tests;
  private final RequestBodies bodies;
  private final int maxEventBytes;

  public TestRoute(UseCases useCases, RequestBodies bodies, int maxEventBytes) {
    this.useCases = useCases;
    this.tests = useCases.testSubscriptions();
    this.bodies = bodies;
    this.maxEventBytes = maxEventBytes;
  }

  public void post(Exchange exchange) throws IOException {
    QueryParameters.parse(exchange.rawQuery(), Set.of());
    SubscriptionName name = SubscriptionRoutes.nameOf(exchange);
    MediaTypes.requireJson(exchange);
    var definitions = new DefinitionBody(name, useCases.defaultRetries());
    bodies.read(
        exchange,
        _ -> maxEventBytes + 2 * DefinitionBody.MAX_BYTES,
        body ->
            test(
                exchange,
                name,
                TestBody.read(
                    body.bytes(), definitions, maxEventBytes, TraceHeaders.read(exchange))));
  }

  private void test(Exchange exchange, SubscriptionName name, TestRequest request)
      throws IOException {
    if (!request.isSent()) {
      Subscription subscription = subscription(exchange, name, request, definition -> definition);
      answer(exchange, subscription, sample(exchange, request.sample()), Optional.empty());
      return;
    }
    exchange.caller().require(Role.ADMIN);
    Event sample = sample(exchange, request.sample());
    // What leaves the service is on record; a test that sends nothing is like reading.
    Audit.of(
            useCases.activity(),
            "subscription.test",
            announced ->
                send(
                    announced,
                    subscription(announced, name, request, given -> completed(name, given)),
                    sample))
        .handle(exchange);
  }

  /// Returns the subscription with the definition of the request, as if that was stored.
  ///
  /// @param completion makes a definition ready to be stored. That looks names up and may ask the
  ///   receiver, so it is not for callers who may only read
  private Subscription subscription(
      Exchange exchange,
      SubscriptionName name,
      TestRequest request,
      UnaryOperator<SubscriptionDefinition> completion) {
    return request
        .definition()
        .map(
            definition ->
                new Subscription(
                    name,
                    0,
                    completion.apply(definition),
                    Lifecycle.ACTIVE,
                    Subscription.Origin.API,
                    exchange.caller().owner(),
                    Instant.EPOCH))
        .or(() -> useCases.subscriptions().find(name))
        .orElseThrow(() -> new ProblemException(EditProblems.notFound(name.value())));
  }

  private SubscriptionDefinition completed(
      SubscriptionName name, SubscriptionDefinition definition) {
    try {
      return tests.completed(name, definition);
    } catch (RefusedDestinationException e) {
      throw new ProblemException(
          EditProblems.refused(
              "/definition/destination", new SubscriptionEdit.Refused(e.pointer(), e.detail())));
    }
  }

  private Event sample(Exchange exchange, Sample sample) {
    return switch (sample) {
      case Sample.Draft(var draft) -> tests.sampleOf(draft);
      case Sample.Stored(EventId id) -> stored(exchange, id);
    };
  }

  /// A key that hides payloads could find one by trying filters.
  private Event stored(Exchange exchange, EventId id) {
    if (exchange.caller().hidesPayloads()) {
      throw new ProblemException(
          Problem.of(
              ProblemCode.FORBIDDEN,
              "Send the event itself as \"event\": this key hides payloads, so it cannot test with"
                  + " a stored event."));
    }
    return useCases
        .browse()
        .find(id)
        .map(EventRecord::summary)
        .orElseThrow(() -> unknown(id))
        .event();
  }

  private static ProblemException unknown(EventId id) {
    return new ProblemException(
        Problem.of(
            ProblemCode.NOT_FOUND,
            "There is no event with the id "
                + Problems.shorten(id.value())
                + ": it was never stored, or retention has deleted it.",
            List.of(new FieldProblem("/event_id", "is not the id of a stored event"))));
  }

  private void send(Exchange exchange, Subscription subscription, Event sample) {
    if (!(tests.explain(subscription, sample) instanceof MatchExplanation.Matches)) {
      exchange.audit().because("not sent: event " + sample.id() + " does not match");
      answer(exchange, subscription, sample, Optional.empty());
      return;
    }
    exchange.audit().because("event " + sample.id());
    switch (tests.send(subscription, sample)) {
      case SampleAttempt.Made made -> answer(exchange, subscription, sample, Optional.of(made));
      case SampleAttempt.Busy() ->
          exchange.problem(
              Problem.later(
                  ProblemCode.OVERLOADED,
                  "Resend after Retry-After: other tests are being sent. This one was not sent.",
                  Duration.ofSeconds(1)));
      case SampleAttempt.NoHandler() ->
          exchange.problem(
              Problem.of(
                  ProblemCode.STATE_CONFLICT,
                  "Send the request to another node: this one has no handler for the destination "
                      + subscription.definition().destination().kind()
                      + ". Nothing was sent."));
    }
  }

  private void answer(
      Exchange exchange,
      Subscription subscription,
      Event sample,
      Optional<SampleAttempt.Made> sent) {
    var result =
        new TestJson(
            subscription,
            sample,
            tests.explain(subscription, sample),
            tests.preview(subscription, sample),
            sent);
    exchange.json(200, result.write());
  }
}
