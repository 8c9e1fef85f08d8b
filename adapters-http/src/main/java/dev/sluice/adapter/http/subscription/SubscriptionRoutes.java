package dev.sluice.adapter.http.subscription;

import dev.sluice.adapter.http.Exchange;
import dev.sluice.adapter.http.MediaTypes;
import dev.sluice.adapter.http.Problem;
import dev.sluice.adapter.http.ProblemCode;
import dev.sluice.adapter.http.ProblemException;
import dev.sluice.adapter.http.Problems;
import dev.sluice.adapter.http.QueryParameters;
import dev.sluice.adapter.http.RequestBodies;
import dev.sluice.application.UseCases;
import dev.sluice.application.subscription.ManageSubscriptions;
import dev.sluice.application.subscription.SubscriptionEdit;
import dev.sluice.domain.subscription.RetryPolicy;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionDefinition;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.format.FieldProblem;
import dev.sluice.format.Json;
import dev.sluice.format.MalformedJsonException;
import dev.sluice.format.PatternReader;
import dev.sluice.format.ReadFilter;
import dev.sluice.format.ReadSubscription;
import dev.sluice.format.SubscriptionFormat;
import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `/subscriptions/{name}`: shows, creates, changes and deletes subscriptions.
public final class SubscriptionRoutes {

  private static final int MAX_BODY = 64 * 1024;
  private static final int DEFAULT_VERSIONS = 20;

  private final UseCases useCases;
  private final RequestBodies bodies;
  private final SubscriptionJson json;
  private final RetryPolicy defaultRetries;

  /// @param defaultRetries for members that a retry policy in a request leaves out
  public SubscriptionRoutes(UseCases useCases, RequestBodies bodies, RetryPolicy defaultRetries) {
    this.useCases = useCases;
    this.bodies = bodies;
    this.json = new SubscriptionJson(useCases);
    this.defaultRetries = defaultRetries;
  }

  /// `GET /subscriptions`
  public void list(Exchange exchange) {
    SubscriptionPage.of(exchange, useCases.subscriptions().current().all()).answer(exchange, json);
  }

  /// `GET /subscriptions/{name}`
  public void find(Exchange exchange) {
    QueryParameters.parse(exchange.rawQuery(), Set.of());
    answer(exchange, 200, stored(exchange.pathParameter()));
  }

  /// Returns the subscription with this name.
  ///
  /// @throws ProblemException when there is none
  public Subscription stored(String name) {
    return useCases.subscriptions().current().all().stream()
        .filter(subscription -> subscription.name().value().equals(name))
        .findFirst()
        .orElseThrow(() -> new ProblemException(EditProblems.notFound(name)));
  }

  private void answer(Exchange exchange, int status, Subscription subscription) {
    exchange.set(HeaderNames.ETAG, Preconditions.tagOf(subscription));
    exchange.json(status, json.current(subscription));
  }

  /// `PUT /subscriptions/{name}`
  public void put(Exchange exchange) throws IOException {
    QueryParameters.parse(exchange.rawQuery(), Set.of());
    SubscriptionName name = name(exchange.pathParameter());
    MediaTypes.requireJson(exchange);
    bodies.read(
        exchange,
        _ -> MAX_BODY,
        body -> put(exchange, name, new String(body.bytes(), StandardCharsets.UTF_8)));
  }

  /// `PATCH /subscriptions/{name}`
  public void patch(Exchange exchange) throws IOException {
    QueryParameters.parse(exchange.rawQuery(), Set.of());
    Subscription before = stored(exchange.pathParameter());
    MediaTypes.requireMergePatch(exchange);
    bodies.read(
        exchange,
        _ -> MAX_BODY,
        body ->
            put(
                exchange,
                before.name(),
                merged(SubscriptionFormat.write(before.definition()), body.bytes())));
  }

  private static String merged(String definition, byte[] patch) {
    try {
      return MergePatch.apply(definition, patch);
    } catch (MalformedJsonException e) {
      throw new ProblemException(Problems.malformed(e));
    }
  }

  private void put(Exchange exchange, SubscriptionName name, String text) {
    SubscriptionDefinition definition = definition(text);
    SubscriptionEdit edit =
        useCases
            .manageSubscriptions()
            .put(name, definition, Preconditions.of(exchange), exchange.caller().owner());
    answer(exchange, edit);
  }

  private SubscriptionDefinition definition(String text) {
    try {
      return switch (SubscriptionFormat.read(text, defaultRetries)) {
        case ReadSubscription.Valid(SubscriptionDefinition definition) -> withoutRate(definition);
        case ReadSubscription.Invalid(List<FieldProblem> problems) ->
            throw new ProblemException(
                Problem.of(
                    ProblemCode.INVALID_SUBSCRIPTION,
                    "Fix the fields listed in \"errors\" and resend. Nothing was changed.",
                    problems));
      };
    } catch (MalformedJsonException e) {
      throw new ProblemException(Problems.malformed(e));
    }
  }

  private static SubscriptionDefinition withUnderstoodFilter(SubscriptionDefinition definition) {
    definition
        .filter()
        .map(pattern -> PatternReader.read(pattern.json()))
        .ifPresent(SubscriptionRoutes::requireValid);
    return definition;
  }

  private static void requireValid(ReadFilter filter) {
    if (filter instanceof ReadFilter.Invalid(List<FieldProblem> problems)) {
      throw new ProblemException(
          Problem.of(
              ProblemCode.INVALID_SUBSCRIPTION,
              "Fix the fields listed in \"errors\" and resend. Nothing was changed.",
              problems.stream()
                  .map(one -> new FieldProblem("/filter" + one.name(), one.detail()))
                  .toList()));
    }
  }

  /// Refuses what no node enforces yet, rather than promising it.
  private static SubscriptionDefinition withoutRate(SubscriptionDefinition definition) {
    if (definition.policy().rate().isPresent()) {
      throw new ProblemException(
          Problem.of(
              ProblemCode.INVALID_SUBSCRIPTION,
              "Fix the fields listed in \"errors\" and resend. Nothing was changed.",
              List.of(
                  new FieldProblem(
                      "/rate", "is not supported by this version: use concurrency instead"))));
    }
    return definition;
  }

  private static SubscriptionName name(String text) {
    try {
      return new SubscriptionName(text);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          Problem.of(
              ProblemCode.INVALID_SUBSCRIPTION,
              "Choose a name of 1 to 64 characters from a-z, 0-9, '-', '_' and '.'."));
    }
  }

  /// `DELETE /subscriptions/{name}`
  public void delete(Exchange exchange) {
    QueryParameters query = QueryParameters.parse(exchange.rawQuery(), Set.of("deliveries"));
    Optional<ManageSubscriptions.Deliveries> deliveries =
        query.one("deliveries").map(SubscriptionRoutes::deliveries);
    String name = exchange.pathParameter();
    SubscriptionEdit edit =
        useCases
            .manageSubscriptions()
            .delete(
                stored(name).name(),
                deliveries,
                Preconditions.of(exchange),
                exchange.caller().owner());
    answer(exchange, edit);
  }

  private static ManageSubscriptions.Deliveries deliveries(String text) {
    return switch (text) {
      case "cancel" -> ManageSubscriptions.Deliveries.CANCEL;
      case "finish" -> ManageSubscriptions.Deliveries.FINISH;
      default -> throw QueryParameters.invalid("deliveries", "must be cancel or finish");
    };
  }

  private void answer(Exchange exchange, SubscriptionEdit edit) {
    String name = exchange.pathParameter();
    switch (edit) {
      case SubscriptionEdit.Done(Subscription subscription, boolean isNew) -> {
        exchange.audit().because("version " + subscription.version());
        answer(exchange, isNew ? 201 : 200, subscription);
      }
      case SubscriptionEdit.Unchanged(Subscription subscription) ->
          answer(exchange, 200, subscription);
      case SubscriptionEdit.NotFound() -> exchange.problem(EditProblems.notFound(name));
      case SubscriptionEdit.Conflict conflict -> exchange.problem(EditProblems.conflict(conflict));
      case SubscriptionEdit.ManagedByFile(Subscription subscription) ->
          exchange.problem(EditProblems.managedByFile(subscription));
      case SubscriptionEdit.BuiltIn() -> exchange.problem(EditProblems.builtIn());
      case SubscriptionEdit.BeingDeleted(Subscription subscription) ->
          exchange.problem(EditProblems.beingDeleted(subscription));
      case SubscriptionEdit.HasDeliveries has -> exchange.problem(EditProblems.hasDeliveries(has));
      case SubscriptionEdit.Full() -> exchange.problem(EditProblems.full());
    }
  }

  /// `GET /subscriptions/{name}/versions`
  public void versions(Exchange exchange) {
    QueryParameters query = QueryParameters.parse(exchange.rawQuery(), Set.of("limit"));
    int limit = query.one("limit").map(SubscriptionPage::limit).orElse(DEFAULT_VERSIONS);
    List<Subscription> versions =
        useCases.manageSubscriptions().versions(name(exchange.pathParameter()), limit);
    if (versions.isEmpty()) {
      throw new ProblemException(EditProblems.notFound(exchange.pathParameter()));
    }
    exchange.json(
        200,
        Json.write(
            generator -> {
              generator.writeStartArray();
              for (Subscription version : versions) {
                SubscriptionJson.writeVersion(generator, version);
              }
              generator.writeEndArray();
            }));
  }
}
