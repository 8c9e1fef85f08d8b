package dev.sluice.admin.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the user has set. It holds no secret.
///
/// @param current name of the profile that was used last
/// @param intervalSeconds shortest time between two requests of a kind; 0 to ask only when told to
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

  /// Intervals that are offered.
  public static final List<Integer> INTERVALS = List.of(1, 2, 5, 10, 30, 0);

  /// Light, dark, or as the desktop has it.
  public enum Theme {
    LIGHT,
    DARK,
    SYSTEM
  }

  /// How high rows are.
  public enum Density {
    COMFORTABLE,
    COMPACT
  }

  /// How times are shown.
  public enum Zone {
    LOCAL,
    UTC
  }

  /// What holds before anything was set.
  public static final Preferences DEFAULT =
      new Preferences(List.of(), "", Theme.SYSTEM, Density.COMFORTABLE, 13, 2, Zone.LOCAL);

  /// Mends what is missing or out of bounds, as after an edit by hand.
  public Preferences {
    profiles = profiles == null ? List.of() : List.copyOf(profiles);
    current = current == null ? "" : current;
    theme = theme == null ? Theme.SYSTEM : theme;
    density = density == null ? Density.COMFORTABLE : density;
    zone = zone == null ? Zone.LOCAL : zone;
    fontSize = Math.clamp(fontSize, SMALLEST_FONT, LARGEST_FONT);
    intervalSeconds = INTERVALS.contains(intervalSeconds) ? intervalSeconds : 2;
  }

  /// The profile of a name.
  public Optional<Profile> profile(String name) {
    return profiles.stream().filter(profile -> profile.name().equals(name)).findFirst();
  }

  /// The profile that was used last, or else the first one.
  public Optional<Profile> currentProfile() {
    return profile(current).or(() -> profiles.stream().findFirst());
  }

  /// The same with a profile put in the place of the one of that name, or at the end.
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

  /// The same without a profile.
  public Preferences without(String name) {
    List<Profile> others =
        profiles.stream().filter(profile -> !profile.name().equals(name)).toList();
    return new Preferences(others, current, theme, density, fontSize, intervalSeconds, zone);
  }

  /// The same with another profile in use.
  public Preferences withCurrent(String name) {
    return new Preferences(profiles, name, theme, density, fontSize, intervalSeconds, zone);
  }

  /// The same with another theme.
  public Preferences withTheme(Theme other) {
    return new Preferences(profiles, current, other, density, fontSize, intervalSeconds, zone);
  }

  /// The same with other rows.
  public Preferences withDensity(Density other) {
    return new Preferences(profiles, current, theme, other, fontSize, intervalSeconds, zone);
  }

  /// The same with letters of another size, within bounds.
  public Preferences withFontSize(int size) {
    return new Preferences(profiles, current, theme, density, size, intervalSeconds, zone);
  }

  /// The same with another interval.
  public Preferences withInterval(int seconds) {
    return new Preferences(profiles, current, theme, density, fontSize, seconds, zone);
  }

  /// The same with another zone.
  public Preferences withZone(Zone other) {
    return new Preferences(profiles, current, theme, density, fontSize, intervalSeconds, other);
  }
}
