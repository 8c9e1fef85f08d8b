package dev.sluice.admin.model;

import java.util.List;

/// A connection to a service, with its options.
///
/// The key is kept separately, in the [Keyring].
///
/// @param address such as `http://127.0.0.1:8080`
/// @param readOnly whether all actions that make changes are hidden
/// @param colour colour of the window frame, to distinguish services
public record Profile(
    String name, String address, boolean readOnly, Colour colour, List<SavedView> views) {

  /// Frame colours. Red marks production.
  public enum Colour {
    NONE,
    GREEN,
    BLUE,
    AMBER,
    RED
  }

  /// A saved query with a name.
  public record SavedView(String name, String query) {}

  /// Replaces missing values with defaults, as after a manual edit of the file.
  public Profile {
    name = name == null ? "" : name;
    address = address == null ? "" : address;
    colour = colour == null ? Colour.NONE : colour;
    views = views == null ? List.of() : List.copyOf(views);
  }

  /// Returns a profile with default options.
  public static Profile of(String name, String address) {
    return new Profile(name, address, false, Colour.NONE, List.of());
  }

  /// Whether the user marked the service as production.
  public boolean isProduction() {
    return colour == Colour.RED;
  }

  /// Returns a copy with other saved views.
  public Profile withViews(List<SavedView> others) {
    return new Profile(name, address, readOnly, colour, others);
  }
}
