package dev.sluice.adapter.http.subscription;

import dev.sluice.adapter.http.Exchange;
import dev.sluice.adapter.http.MediaTypes;
import dev.sluice.adapter.http.ProblemException;
import dev.sluice.adapter.http.QueryParameters;
import dev.sluice.adapter.http.RequestBodies;
import dev.sluice.application.UseCases;
import dev.sluice.application.subscription.ManageSubscriptions;
import dev.sluice.application.subscription.SubscriptionEdit;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionChange.Expected;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.format.Json;
import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `/subscriptions/{name}`: shows, creates, changes and deletes subscriptions.
public final class SubscriptionRoutes {

  private static final int DEFAULT_VERSIONS = 20;

  private final UseCases useCases;
  private final ManageSubscriptions edits;
  private final RequestBodies bodies;
  private final SubscriptionJson json;

  public SubscriptionRoutes(UseCases useCases, RequestBodies bodies) {
    this.useCases = useCases;
    this.edits = useCases.manageSubscriptions();
    this.bodies = bodies;
    this.json = new SubscriptionJson(useCases);
  }

  /// `GET /subscriptions`
  public void list(Exchange exchange) {
    SubscriptionPage.of(exchange, useCases.subscriptions().current().all()).answer(exchange, json);
  }

  /// `GET /subscriptions/{name}`
  public void find(Exchange exchange) {
    QueryParameters.parse(exchange.rawQuery(), Set.of());
    Subscription found = known(exchange);
    exchange.set(HeaderNames.ETAG, Preconditions.tagOf(found));
    exchange.json(200, json.withFigures(found));
  }

  /// Returns the subscription that the path names. The built-in one is found after others were
  /// stored, too: it may have deliveries left, which can be paused and resumed.
  ///
  /// @throws ProblemException when there is none
  public Subscription known(Exchange exchange) {
    SubscriptionName name = nameOf(exchange);
    return useCases
        .subscriptions()
        .find(name)
        .orElseThrow(() -> new ProblemException(EditProblems.notFound(name.value())));
  }

  /// Returns the name in the path.
  ///
  /// @throws ProblemException when no subscription can have it
  static SubscriptionName nameOf(Exchange exchange) {
    String text = exchange.pathParameter();
    return name(text).orElseThrow(() -> new ProblemException(EditProblems.notFound(text)));
  }

  private static Optional<SubscriptionName> name(String text) {
    try {
      return Optional.of(new SubscriptionName(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private void answer(Exchange exchange, int status, Subscription subscription) {
    exchange.set(HeaderNames.ETAG, Preconditions.tagOf(subscription));
    exchange.json(status, json.current(subscription));
  }

  /// `PUT /subscriptions/{name}`
  public void put(Exchange exchange) throws IOException {
    QueryParameters.parse(exchange.rawQuery(), Set.of());
    SubscriptionName name =
        name(exchange.pathParameter())
            .orElseThrow(() -> new ProblemException(EditProblems.invalidName()));
    MediaTypes.requireJson(exchange);
    var definition = new DefinitionBody(name, useCases.defaultRetries());
    Expected expected = Preconditions.of(exchange);
    bodies.read(
        exchange,
        _ -> DefinitionBody.MAX_BYTES,
        body ->
            answer(
                exchange,
                edits.put(
                    name, definition.read(body.bytes()), expected, exchange.caller().owner())));
  }

  /// `PATCH /subscriptions/{name}`
  public void patch(Exchange exchange) throws IOException {
    QueryParameters.parse(exchange.rawQuery(), Set.of());
    SubscriptionName name = nameOf(exchange);
    MediaTypes.requireMergePatch(exchange);
    var definition = new DefinitionBody(name, useCases.defaultRetries());
    Expected expected = Preconditions.of(exchange);
    bodies.read(
        exchange,
        _ -> DefinitionBody.MAX_BYTES,
        body ->
            answer(
                exchange,
                edits.edit(
                    name,
                    before -> definition.merge(before, body.bytes()),
                    expected,
                    exchange.caller().owner())));
  }

  /// `DELETE /subscriptions/{name}`
  public void delete(Exchange exchange) {
    QueryParameters query = QueryParameters.parse(exchange.rawQuery(), Set.of("deliveries"));
    Optional<ManageSubscriptions.Deliveries> deliveries =
        query.one("deliveries").map(SubscriptionRoutes::deliveries);
    answer(
        exchange,
        edits.delete(
            nameOf(exchange), deliveries, Preconditions.of(exchange), exchange.caller().owner()));
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
      case SubscriptionEdit.Done(Subscription subscription, boolean isNew, var created) -> {
        exchange.audit().because("version " + subscription.version());
        exchange.set(HeaderNames.ETAG, Preconditions.tagOf(subscription));
        exchange.json(isNew ? 201 : 200, json.edited(subscription, created));
      }
      case SubscriptionEdit.Refused refused ->
          exchange.problem(EditProblems.refused("/destination", refused));
      case SubscriptionEdit.CannotBeOrdered() -> exchange.problem(EditProblems.cannotBeOrdered());
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

  /// `POST /subscriptions/{name}/secret`
  public void rotateSecret(Exchange exchange) throws IOException {
    QueryParameters.parse(exchange.rawQuery(), Set.of());
    SubscriptionName name = nameOf(exchange);
    MediaTypes.requireJson(exchange);
    bodies.read(
        exchange,
        _ -> RotationBody.MAX_BYTES,
        body ->
            answerRotation(
                exchange,
                name,
                edits.rotateSecret(
                    name, RotationBody.read(body.bytes()), exchange.caller().owner())));
  }

  private void answerRotation(Exchange exchange, SubscriptionName name, SubscriptionEdit edit) {
    if (edit instanceof SubscriptionEdit.Done(Subscription subscription, var _, var created)) {
      exchange.audit().because("version " + subscription.version());
      exchange.set(HeaderNames.ETAG, Preconditions.tagOf(subscription));
      exchange.json(200, RotationBody.write(subscription, created));
    } else if (edit instanceof SubscriptionEdit.Refused refused) {
      exchange.problem(EditProblems.notRotated(name, refused));
    } else {
      answer(exchange, edit);
    }
  }

  /// `GET /subscriptions/{name}/versions`
  public void versions(Exchange exchange) {
    QueryParameters query = QueryParameters.parse(exchange.rawQuery(), Set.of("limit"));
    int limit = query.one("limit").map(SubscriptionPage::limit).orElse(DEFAULT_VERSIONS);
    SubscriptionName name = nameOf(exchange);
    List<Subscription> versions = edits.versions(name, limit);
    if (versions.isEmpty() && useCases.subscriptions().find(name).isEmpty()) {
      throw new ProblemException(EditProblems.notFound(name.value()));
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
