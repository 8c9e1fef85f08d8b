package dev.sluice.admin.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The user's settings. They contain no secret.
///
/// @param current name of the profile that was last used
/// @param intervalSeconds minimum interval between two requests of a kind; 0 to poll only on
///   request
/// @param fontSize in pixels, 12 to 18
public record Preferences(
    List<Profile> profiles,
    String current,
    Theme theme,
    Density density,
    int fontSize,
    int intervalSeconds,
    Zone zone) {

  public static final int SMALLEST_FONT = 12;
  public static final int LARGEST_FONT = 18;

  /// The intervals to choose from.
  public static final List<Integer> INTERVALS = List.of(1, 2, 5, 10, 30, 0);

  /// Colour theme; `SYSTEM` follows the desktop.
  public enum Theme {
    LIGHT,
    DARK,
    SYSTEM
  }

  /// Height of table rows.
  public enum Density {
    COMFORTABLE,
    COMPACT
  }

  /// Time zone in which times are shown.
  public enum Zone {
    LOCAL,
    UTC
  }

  /// The settings of the first start.
  public static final Preferences DEFAULT =
      new Preferences(List.of(), "", Theme.SYSTEM, Density.COMFORTABLE, 13, 2, Zone.LOCAL);

  /// Replaces missing and out-of-range values with valid ones, as after a manual edit of the file.
  public Preferences {
    profiles = profiles == null ? List.of() : List.copyOf(profiles);
    current = current == null ? "" : current;
    theme = theme == null ? Theme.SYSTEM : theme;
    density = density == null ? Density.COMFORTABLE : density;
    zone = zone == null ? Zone.LOCAL : zone;
    fontSize = Math.clamp(fontSize, SMALLEST_FONT, LARGEST_FONT);
    intervalSeconds = INTERVALS.contains(intervalSeconds) ? intervalSeconds : 2;
  }

  /// Returns the profile with a name.
  public Optional<Profile> profile(String name) {
    return profiles.stream().filter(profile -> profile.name().equals(name)).findFirst();
  }

  /// Returns the profile that was last used, or the first one.
  public Optional<Profile> currentProfile() {
    return profile(current).or(() -> profiles.stream().findFirst());
  }

  /// Returns a copy in which a profile replaces the one named `replaced`, or is added at the end.
  public Preferences withProfile(String replaced, Profile profile) {
    List<Profile> changed = new ArrayList<>(profiles);
    int place = profile(replaced).map(profiles::indexOf).orElse(-1);
    if (place < 0) {
      changed.add(profile);
    } else {
      changed.set(place, profile);
    }
    String now = current.equals(replaced) ? profile.name() : current;
    return new Preferences(changed, now, theme, density, fontSize, intervalSeconds, zone);
  }

  /// Returns a copy without a profile.
  public Preferences without(String name) {
    List<Profile> others =
        profiles.stream().filter(profile -> !profile.name().equals(name)).toList();
    return new Preferences(others, current, theme, density, fontSize, intervalSeconds, zone);
  }

  /// Returns a copy with another current profile.
  public Preferences withCurrent(String name) {
    return new Preferences(profiles, name, theme, density, fontSize, intervalSeconds, zone);
  }

  /// Returns a copy with another theme.
  public Preferences withTheme(Theme other) {
    return new Preferences(profiles, current, other, density, fontSize, intervalSeconds, zone);
  }

  /// Returns a copy with another row height.
  public Preferences withDensity(Density other) {
    return new Preferences(profiles, current, theme, other, fontSize, intervalSeconds, zone);
  }

  /// Returns a copy with another font size, limited to the allowed range.
  public Preferences withFontSize(int size) {
    return new Preferences(profiles, current, theme, density, size, intervalSeconds, zone);
  }

  /// Returns a copy with another interval.
  public Preferences withInterval(int seconds) {
    return new Preferences(profiles, current, theme, density, fontSize, seconds, zone);
  }

  /// Returns a copy with another time zone.
  public Preferences withZone(Zone other) {
    return new Preferences(profiles, current, theme, density, fontSize, intervalSeconds, other);
  }
}
