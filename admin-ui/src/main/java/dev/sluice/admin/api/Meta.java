package dev.sluice.admin.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Version and configuration of the service, and the permissions of the caller.
///
/// @param durability which failures an acknowledged event survives
/// @param demoHandlerOnly whether the demo handler is the only one, so that nothing is delivered;
///   null from older services
/// @param role role of the caller's key: `producer`, `viewer`, `operator` or `admin`
public record Meta(
    String version,
    String storage,
    String durability,
    String environment,
    List<String> features,
    String role,
    String owner,
    @Nullable String keyId,
    boolean hidesPayloads,
    String auth,
    @Nullable Boolean demoHandlerOnly,
    Instant serverTime) {

  public Meta {
    Required.members(
        "meta", version, storage, durability, environment, features, role, owner, auth, serverTime);
  }

  /// Whether the service reports that it delivers nothing.
  public boolean deliversNowhere() {
    return Boolean.TRUE.equals(demoHandlerOnly);
  }

  /// Whether the service can test a subscription against an event.
  public boolean canTestSubscriptions() {
    return features.contains("subscription_test");
  }

  /// Whether the service has statistics over time of each subscription.
  public boolean hasSubscriptionSeries() {
    return features.contains("subscription_series");
  }

  /// Whether the service can make deliveries for stored events that have none in a subscription.
  public boolean canBackfill() {
    return features.contains("backfill");
  }

  /// Whether the service can move the first attempts of an event to another time.
  public boolean canReschedule() {
    return features.contains("scheduling");
  }

  /// Whether the caller may run operator actions.
  public boolean mayOperate() {
    return role.equals("operator") || mayAdminister();
  }

  /// Whether the caller may create, change and delete subscriptions.
  public boolean mayAdminister() {
    return role.equals("admin");
  }

  /// Whether the caller may read events and statistics.
  public boolean mayLook() {
    return mayOperate() || role.equals("viewer");
  }

  public boolean maySend() {
    return mayOperate() || role.equals("producer");
  }
}
