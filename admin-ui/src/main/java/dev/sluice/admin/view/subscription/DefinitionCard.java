package dev.sluice.admin.view.subscription;

import dev.sluice.admin.api.Destination;
import dev.sluice.admin.api.DraftField;
import dev.sluice.admin.api.JsonText;
import dev.sluice.admin.api.Subscription;
import dev.sluice.admin.api.Subscription.RateLimit;
import dev.sluice.admin.api.SubscriptionDraft;
import dev.sluice.admin.model.Texts;
import dev.sluice.admin.view.control.Controls;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// What a subscription takes, where it goes, and how it is processed.
final class DefinitionCard extends VBox {

  private static final String DEFAULT = "as configured in the service";
  private static final int MOST_LINES = 12;

  /// The fields of a webhook, except for its authentication.
  private static final List<DraftField> SHOWN =
      List.of(
          DraftField.URL,
          DraftField.FORMAT,
          DraftField.TEMPLATE,
          DraftField.HEADERS,
          DraftField.PERMANENT_STATUSES);

  private final GridPane facts = new GridPane(12, 8);
  private final TextArea filter = new TextArea();

  /// What the card shows. The same is not drawn again, so that the user can select in it.
  private @Nullable Subscription drawn;

  DefinitionCard() {
    super(10, Controls.label("Definition", "card-title"));
    getStyleClass().add("card");
    var names = new ColumnConstraints();
    names.setMinWidth(96);
    var values = new ColumnConstraints();
    values.setHgrow(Priority.ALWAYS);
    facts.getColumnConstraints().setAll(names, values);
    filter.setId("filter-text");
    filter.setEditable(false);
    filter.setAccessibleText("Filter");
    filter.getStyleClass().addAll("mono", "trace");
    getChildren().add(facts);
  }

  void show(Subscription subscription) {
    Subscription now = subscription.withoutFigures();
    if (now.equals(drawn)) {
      return;
    }
    drawn = now;
    facts.getChildren().clear();
    Optional.ofNullable(now.description()).ifPresent(text -> fact("Description", text));
    code("Event types", String.join(", ", now.types()));
    showFilter(now.filter());
    showDestination(now.destination());
    fact("Retries", retries(now));
    fact("Timeout", Optional.ofNullable(now.timeout()).orElse(DEFAULT));
    fact("Concurrency", concurrency(now.concurrency()));
    fact("Rate", rate(now.rate()));
    SubscriptionDraft draft = SubscriptionDraft.of(now);
    shown(draft, DraftField.DELAY);
    shown(draft, DraftField.ORDERING);
    now.unknown().forEach((name, value) -> code(name, value.text()));
  }

  /// Shows a field that most subscriptions do not have.
  private void shown(SubscriptionDraft draft, DraftField field) {
    String text = draft.text(field);
    if (!text.isEmpty()) {
      fact(field.title(), field == DraftField.ORDERING ? FieldView.ordering(text) : text);
    }
  }

  private void showFilter(@Nullable JsonText pattern) {
    if (pattern == null) {
      fact("Filter", "none: the type alone decides");
    } else {
      String text = pattern.pretty();
      filter.setText(text);
      filter.setPrefRowCount(Math.clamp(text.lines().count() + 1, 2, MOST_LINES));
      add("Filter", filter);
    }
  }

  private void showDestination(Destination destination) {
    var text = new StringBuilder(destination.kind());
    destination
        .unknown()
        .forEach((name, value) -> text.append(", ").append(name).append(' ').append(value.text()));
    code("Destination", text.toString());
    if (destination.isWebhook()) {
      SubscriptionDraft draft = SubscriptionDraft.of(destination);
      SHOWN.stream()
          .filter(field -> !draft.text(field).isEmpty())
          .forEach(field -> code(field.title(), draft.text(field)));
      String scheme = draft.text(DraftField.CREDENTIALS);
      fact(DraftField.CREDENTIALS.title(), authentication(scheme, draft));
    }
  }

  private static String authentication(String scheme, SubscriptionDraft draft) {
    return switch (scheme) {
      case "" -> "none; requests are signed";
      case "bearer" -> "bearer token";
      case "basic" -> "user name " + draft.text(DraftField.USERNAME) + " and a password";
      case "header" -> "header " + draft.text(DraftField.AUTH_HEADER);
      default -> scheme;
    };
  }

  private static String retries(Subscription subscription) {
    var retry = subscription.retry();
    if (retry == null) {
      String inForce =
          Optional.ofNullable(subscription.maxRetries())
              .flatMap(most -> subscription.waits().map(waits -> ": " + inForce(most, waits)))
              .orElse("");
      return DEFAULT + inForce;
    }
    var text = new StringBuilder();
    append(text, "after ", retry.waits() == null ? null : String.join(", ", retry.waits()));
    append(text, "at most ", retry.maxRetries());
    append(text, "waits from ", retry.base());
    append(text, "times ", retry.factor() == null ? null : retry.factor().toPlainString());
    append(text, "up to ", retry.cap());
    append(text, "maximum age ", "0s".equals(retry.maxAge()) ? null : retry.maxAge());
    return text.toString();
  }

  private static String inForce(int most, Subscription.Waits waits) {
    return most
        + " retries, waits from "
        + Texts.duration(waits.base())
        + " up to "
        + Texts.duration(waits.cap());
  }

  private static void append(StringBuilder text, String before, @Nullable Object value) {
    if (value != null) {
      text.append(text.isEmpty() ? "" : ", ").append(before).append(value);
    }
  }

  private static String concurrency(@Nullable Long most) {
    return most == null
        ? "no limit other than the nodes' slots"
        : "at most " + Texts.count(most) + " attempts at a time, on all nodes together";
  }

  private static String rate(@Nullable RateLimit rate) {
    if (rate == null || rate.perSecond() == null) {
      return "no limit";
    }
    String burst = rate.burst() == null ? "" : ", bursts of " + Texts.count(rate.burst());
    return "at most " + rate.perSecond().toPlainString() + " attempts a second" + burst;
  }

  private void fact(String name, String value) {
    add(name, Controls.paragraph(value));
  }

  private void code(String name, String value) {
    add(name, Controls.paragraph(value, "mono"));
  }

  private void add(String name, Node value) {
    Label label = Controls.label(name, "muted");
    GridPane.setValignment(label, javafx.geometry.VPos.TOP);
    facts.addRow(facts.getRowCount(), label, value);
  }
}
