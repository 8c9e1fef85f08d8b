package dev.sluice.admin.model;

import java.util.List;

/// A service that the user works with, and how.
///
/// The key is not part of it: see [Keyring].
///
/// @param address such as `http://127.0.0.1:8080`
/// @param readOnly whether everything that changes something is hidden
/// @param colour of the window's frame, to tell services apart
public record Profile(
    String name, String address, boolean readOnly, Colour colour, List<SavedView> views) {

  /// Colours of frames. Red stands for production.
  public enum Colour {
    NONE,
    GREEN,
    BLUE,
    AMBER,
    RED
  }

  /// A query worth a name.
  public record SavedView(String name, String query) {}

  /// Mends what is missing, as after an edit by hand.
  public Profile {
    name = name == null ? "" : name;
    address = address == null ? "" : address;
    colour = colour == null ? Colour.NONE : colour;
    views = views == null ? List.of() : List.copyOf(views);
  }

  /// A profile without any extras.
  public static Profile of(String name, String address) {
    return new Profile(name, address, false, Colour.NONE, List.of());
  }

  /// Whether its user said that it is a production service.
  public boolean isProduction() {
    return colour == Colour.RED;
  }

  /// The same with another choice of saved views.
  public Profile withViews(List<SavedView> others) {
    return new Profile(name, address, readOnly, colour, others);
  }
}
