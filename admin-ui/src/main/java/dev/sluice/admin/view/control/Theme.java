package dev.sluice.admin.view.control;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import dev.sluice.admin.model.Preferences;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.css.PseudoClass;
import javafx.scene.Scene;
import javafx.scene.image.Image;
import javafx.scene.text.Font;

/// Colours, fonts and sizes according to the settings.
public final class Theme {

  /// Folder of style sheets, fonts and icons.
  private static final String FOLDER = "/dev/sluice/admin/view/";

  private static final List<String> FONTS =
      List.of(
          "Inter-Regular.otf",
          "Inter-Medium.otf",
          "Inter-SemiBold.otf",
          "JetBrainsMono-Regular.ttf",
          "JetBrainsMono-Medium.ttf");

  private static final PseudoClass COMPACT = PseudoClass.getPseudoClass("compact");
  private static final PseudoClass DARK = PseudoClass.getPseudoClass("dark");

  private Theme() {}

  /// Loads the bundled fonts; once, before the first scene.
  public static void loadFonts() {
    for (String name : FONTS) {
      try (InputStream file = resource("fonts/" + name).openStream()) {
        Objects.requireNonNull(Font.loadFont(file, 13), name);
      } catch (IOException wrong) {
        throw new UncheckedIOException(wrong);
      }
    }
  }

  /// Returns the window icon in two sizes.
  public static List<Image> icons() {
    return Stream.of(32, 64)
        .map(size -> new Image(resource("icons/sluice-" + size + ".png").toString()))
        .toList();
  }

  private static URL resource(String name) {
    return Objects.requireNonNull(Theme.class.getResource(FOLDER + name), name);
  }

  /// Applies theme, font size and row height to a scene.
  public static void apply(Scene scene, Preferences preferences) {
    boolean dark = isDark(preferences.theme());
    String colours =
        dark
            ? new PrimerDark().getUserAgentStylesheet()
            : new PrimerLight().getUserAgentStylesheet();
    if (!Objects.equals(Application.getUserAgentStylesheet(), colours)) {
      Application.setUserAgentStylesheet(colours);
    }
    String own = resource("console.css").toExternalForm();
    if (!scene.getStylesheets().contains(own)) {
      scene.getStylesheets().add(own);
    }
    var root = scene.getRoot();
    root.setStyle("-fx-font-size: " + preferences.fontSize() + "px;");
    root.pseudoClassStateChanged(COMPACT, preferences.density() == Preferences.Density.COMPACT);
    root.pseudoClassStateChanged(DARK, dark);
  }

  private static boolean isDark(Preferences.Theme theme) {
    return switch (theme) {
      case LIGHT -> false;
      case DARK -> true;
      case SYSTEM -> Platform.getPreferences().getColorScheme() == ColorScheme.DARK;
    };
  }

  /// Returns the height of a table row.
  public static double rowHeight(Preferences preferences) {
    double dense = preferences.density() == Preferences.Density.COMPACT ? 1.75 : 2.2;
    return Math.ceil(preferences.fontSize() * dense);
  }
}
