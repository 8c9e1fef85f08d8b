package dev.sluice.admin.model;

import dev.sluice.admin.api.DraftField;
import dev.sluice.admin.api.JsonText;
import dev.sluice.admin.api.Subscription;
import dev.sluice.admin.api.SubscriptionDraft;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A version of a subscription and how it differs from the one before.
///
/// @param changes member by member; empty for the oldest version
public record SubscriptionVersion(Subscription version, List<Change> changes) {

  /// A changed member.
  ///
  /// @param before empty when the member is new
  /// @param after empty when the member was removed
  public record Change(String member, String before, String after) {

    /// Returns the change in one line.
    public String text() {
      if (before.isEmpty()) {
        return member + ": " + after;
      }
      return member + ": " + before + (after.isEmpty() ? " removed" : " → " + after);
    }
  }

  /// Compares each version with the one before.
  public static List<SubscriptionVersion> of(List<Subscription> newestFirst) {
    List<SubscriptionVersion> versions = new ArrayList<>();
    for (int place = 0; place < newestFirst.size(); place++) {
      Subscription version = newestFirst.get(place);
      boolean isOldest = place + 1 == newestFirst.size();
      versions.add(
          new SubscriptionVersion(
              version, isOldest ? List.of() : changes(newestFirst.get(place + 1), version)));
    }
    return versions;
  }

  private static List<Change> changes(Subscription before, Subscription after) {
    Map<String, String> old = members(before);
    Map<String, String> now = members(after);
    Set<String> names = new LinkedHashSet<>(old.keySet());
    names.addAll(now.keySet());
    return names.stream()
        .map(name -> new Change(name, old.getOrDefault(name, ""), now.getOrDefault(name, "")))
        .filter(change -> !change.before.equals(change.after))
        .toList();
  }

  private static Map<String, String> members(Subscription version) {
    Map<String, String> members = new LinkedHashMap<>();
    members.put("State", version.state());
    SubscriptionDraft draft = SubscriptionDraft.of(version);
    for (DraftField field : DraftField.values()) {
      members.put(field.title(), draft.text(field).replace("\n", ", "));
    }
    JsonText filter = version.filter();
    members.put(DraftField.FILTER.title(), filter == null ? "" : filter.text());
    members.put(DraftField.TEMPLATE.title(), version.destination().text("template").orElse(""));
    version
        .destination()
        .unknown()
        .forEach((name, value) -> members.put("Destination " + name, value.text()));
    version.unknown().forEach((name, value) -> members.put(name, value.text()));
    return members;
  }
}
