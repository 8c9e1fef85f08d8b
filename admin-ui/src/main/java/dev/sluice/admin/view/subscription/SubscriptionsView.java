package dev.sluice.admin.view.subscription;

import dev.sluice.admin.model.MadeSecret;
import dev.sluice.admin.view.control.Controls;
import dev.sluice.admin.view.control.Dialog;
import dev.sluice.admin.view.control.RowScreen;
import dev.sluice.admin.view.control.ViewContext;
import dev.sluice.admin.viewmodel.SubscriptionForm;
import dev.sluice.admin.viewmodel.SubscriptionsModel;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.layout.StackPane;

/// The subscriptions screen: the list, the page of one subscription, or a form.
public final class SubscriptionsView extends StackPane {

  private final ViewContext at;
  private final SubscriptionsModel model;
  private final SubscriptionList list;

  public SubscriptionsView(ViewContext at) {
    this.at = at;
    this.model = at.models().subscriptions();
    this.list = new SubscriptionList(at);
    model.open().addListener((_, _, _) -> showTop());
    model.form().addListener((_, _, _) -> showTop());
    model.secret().addListener((_, _, made) -> made.ifPresent(this::showSecret));
    showTop();
  }

  private void showSecret(MadeSecret made) {
    SecretDialog.open(at, made);
    model.forgetSecret();
  }

  private void showTop() {
    if (model.form().get().isPresent()) {
      var form = new SubscriptionFormView(at, model.form().get().get(), this::back);
      getChildren().setAll(form);
      form.focusFirst();
    } else if (model.open().get().isPresent()) {
      var page = new SubscriptionPage(at, model.open().get().get(), this::back);
      getChildren().setAll(page);
      page.requestFocus();
    } else {
      getChildren().setAll(list);
      list.focusRows();
    }
  }

  /// Returns the list if nothing lies over it.
  public Optional<RowScreen> rows() {
    return isListShown() ? Optional.of(list) : Optional.empty();
  }

  private boolean isListShown() {
    return getChildren().contains(list);
  }

  /// Leaves the form or the page, if there is one. Asks before it drops what was typed.
  ///
  /// @return whether there was one
  public boolean back() {
    Optional<SubscriptionForm> form = model.form().get();
    if (form.filter(SubscriptionForm::isChanged).isPresent()) {
      askBeforeLeaving();
    } else if (form.isPresent()) {
      model.closeForm();
    } else if (!isListShown()) {
      model.closePage();
    } else {
      return false;
    }
    return true;
  }

  private void askBeforeLeaving() {
    Button keep = Controls.button("keep-editing", "Keep editing", at.overlay()::close);
    Button drop =
        Controls.button(
            "drop-form",
            "Discard",
            () -> {
              at.overlay().close();
              model.closeForm();
            },
            "danger");
    var dialog =
        new Dialog("Discard what you typed?", 420)
            .with(Controls.paragraph("It was not saved.", "muted"))
            .buttons(keep, drop);
    at.overlay().open(dialog, () -> {});
  }
}
