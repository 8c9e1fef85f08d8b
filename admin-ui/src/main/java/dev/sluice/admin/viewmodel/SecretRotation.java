package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.Fault;
import dev.sluice.admin.api.SubscriptionRequests.NewSecret;
import dev.sluice.admin.model.MadeSecret;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// Model of the replacement of a webhook's signing secret: the question and the result.
public final class SecretRotation {

  private final Session session;
  private final String name;
  private final Consumer<MadeSecret> made;
  private final ReadOnlyObjectWrapper<Stage> stage =
      new ReadOnlyObjectWrapper<>(new Stage.Asking());

  /// How long the previous secret signs as well.
  public enum Grace {
    NONE("not at all", "0s"),
    HOUR("for an hour", "1h"),
    DAY("for a day", "24h"),
    WEEK("for 7 days", "7d");

    private final String title;
    private final String wireName;

    Grace(String title, String wireName) {
      this.title = title;
      this.wireName = wireName;
    }

    /// Returns the length for the user.
    public String title() {
      return title;
    }
  }

  /// The stage of the replacement.
  public sealed interface Stage {

    /// The user has not decided.
    record Asking() implements Stage {}

    /// The request is in progress.
    record Rotating() implements Stage {}

    /// The secret was not replaced, as far as the console knows.
    record Failed(String why) implements Stage {}

    /// The secret was replaced.
    record Over() implements Stage {}
  }

  /// @param made receives the new secret
  SecretRotation(Session session, String name, Consumer<MadeSecret> made) {
    this.session = session;
    this.name = name;
    this.made = made;
  }

  /// Returns the name of the subscription.
  public String name() {
    return name;
  }

  /// Returns the stage of the replacement.
  public ReadOnlyObjectProperty<Stage> stage() {
    return stage.getReadOnlyProperty();
  }

  /// Replaces the secret.
  public void rotate(Grace grace) {
    if (stage.get() instanceof Stage.Rotating || stage.get() instanceof Stage.Over) {
      return;
    }
    stage.set(new Stage.Rotating());
    session.ask(
        () -> session.client().subscriptions().rotateSecret(name, grace.wireName),
        this::rotated,
        fault -> stage.set(new Stage.Failed(sentence(fault))));
  }

  private void rotated(NewSecret now) {
    stage.set(new Stage.Over());
    made.accept(new MadeSecret(name, now.secret(), Optional.ofNullable(now.previousUntil())));
  }

  private static String sentence(Fault fault) {
    return fault instanceof Fault.Unreachable(String why)
        ? why + "; the secret may have been replaced: rotate it again to get one that you see"
        : fault.sentence();
  }
}
