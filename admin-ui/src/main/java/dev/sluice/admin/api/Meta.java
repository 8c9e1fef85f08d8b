package dev.sluice.admin.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the service is, and what the caller may do with it.
///
/// @param durability what an acknowledged event survives
/// @param demoHandlerOnly whether events are delivered nowhere; older services do not say
/// @param role of the caller's key: `producer`, `viewer`, `operator` or `admin`
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

  /// Checks that all is there.
  public Meta {
    Required.members(
        "meta", version, storage, durability, environment, features, role, owner, auth, serverTime);
  }

  /// Whether the service says that events are delivered nowhere.
  public boolean deliversNowhere() {
    return Boolean.TRUE.equals(demoHandlerOnly);
  }

  /// Whether the caller may change deliveries.
  public boolean mayOperate() {
    return role.equals("operator") || role.equals("admin");
  }

  /// Whether the caller may look at all.
  public boolean mayLook() {
    return mayOperate() || role.equals("viewer");
  }

  /// Whether the caller may send events.
  public boolean maySend() {
    return mayOperate() || role.equals("producer");
  }
}
