package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.Subscription;
import dev.sluice.admin.model.SubscriptionFigures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// The subscriptions whose names contain a text, in the order of their names, with the selection.
public final class SubscriptionRows {

  private final Map<String, SubscriptionRow> byName = new HashMap<>();
  private final ObservableList<SubscriptionRow> shown = FXCollections.observableArrayList();
  private final StringProperty filter = new SimpleStringProperty("");
  private final ReadOnlyObjectWrapper<Optional<String>> selected =
      new ReadOnlyObjectWrapper<>(Optional.empty());
  private List<SubscriptionRow> all = List.of();

  SubscriptionRows() {
    filter.addListener((_, _, _) -> narrow());
  }

  /// Shows these subscriptions. Known ones keep their rows.
  void update(
      List<Subscription> subscriptions, Function<Subscription, SubscriptionFigures> figures) {
    List<SubscriptionRow> rows = new ArrayList<>(subscriptions.size());
    Map<String, SubscriptionRow> before = new HashMap<>(byName);
    byName.clear();
    for (Subscription subscription : subscriptions) {
      var data = new SubscriptionRow.Data(subscription, figures.apply(subscription));
      SubscriptionRow row = before.get(subscription.name());
      if (row == null) {
        row = new SubscriptionRow(data);
      } else {
        row.update(data);
      }
      byName.put(row.name(), row);
      rows.add(row);
    }
    all = rows;
    narrow();
  }

  private void narrow() {
    String wanted = filter.get().strip().toLowerCase(Locale.ROOT);
    List<SubscriptionRow> rows =
        all.stream().filter(row -> row.name().toLowerCase(Locale.ROOT).contains(wanted)).toList();
    if (!rows.equals(shown)) {
      shown.setAll(rows);
    }
  }

  /// Returns the rows that match the filter.
  public ObservableList<SubscriptionRow> shown() {
    return shown;
  }

  /// Returns the number of all subscriptions.
  public int size() {
    return all.size();
  }

  /// Returns the text that names must contain.
  public StringProperty filter() {
    return filter;
  }

  /// Returns the name of the selected subscription.
  public ReadOnlyObjectProperty<Optional<String>> selected() {
    return selected.getReadOnlyProperty();
  }

  /// Selects a subscription.
  public void select(Optional<String> name) {
    if (!name.equals(selected.get())) {
      selected.set(name);
    }
  }

  /// Returns the subscription that an action means: the selected one, or the only one.
  public Optional<Subscription> meant() {
    Optional<SubscriptionRow> row = selected.get().map(byName::get).filter(shown::contains);
    return row.or(() -> shown.size() == 1 ? Optional.of(shown.getFirst()) : Optional.empty())
        .map(SubscriptionRow::subscription);
  }
}
