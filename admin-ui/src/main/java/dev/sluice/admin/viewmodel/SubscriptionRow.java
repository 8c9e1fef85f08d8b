package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.Subscription;
import dev.sluice.admin.model.SubscriptionFigures;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// A row of the list of subscriptions. The same subscription keeps its row object, so that
/// selection and position stay when its data changes.
public final class SubscriptionRow {

  private final String name;
  private final ReadOnlyObjectWrapper<Data> data;

  /// What a row shows.
  public record Data(Subscription subscription, SubscriptionFigures figures) {}

  SubscriptionRow(Data data) {
    this.name = data.subscription.name();
    this.data = new ReadOnlyObjectWrapper<>(data);
  }

  public String name() {
    return name;
  }

  public ReadOnlyObjectProperty<Data> data() {
    return data.getReadOnlyProperty();
  }

  /// Returns the subscription as it was last reported.
  public Subscription subscription() {
    return data.get().subscription;
  }

  void update(Data now) {
    data.set(now);
  }
}
