package dev.sluice.admin.view;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javafx.scene.Scene;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javax.imageio.ImageIO;

/// Compares a scene with its approved picture.
///
/// `-Dgolden.update=true` writes new pictures; look at them before you commit them. A difference
/// leaves three pictures in target/golden: expected, actual, and the difference.
final class Golden {

  /// Other versions of the font library draw text slightly differently.
  private static final double MOST_DIFFERENT = 0.001;

  private static final int CHANNEL = 24;
  private static final Path SOURCES = Path.of("src/test/resources/golden");
  private static final Path RESULTS = Path.of("target/golden");

  private Golden() {}

  static void check(Stand stand, String name) {
    BufferedImage now = Fx.get(() -> picture(stand.scene()));
    try {
      if (Boolean.getBoolean("golden.update")) {
        write(now, SOURCES.resolve(name + ".png"));
        return;
      }
      compare(read(name), now, name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Takes a picture of a scene, without the blinking caret.
  static BufferedImage picture(Scene scene) {
    scene.getRoot().requestFocus();
    scene.getRoot().applyCss();
    scene.getRoot().layout();
    WritableImage image = scene.snapshot(null);
    int width = (int) image.getWidth();
    int height = (int) image.getHeight();
    int[] pixels = new int[width * height];
    image
        .getPixelReader()
        .getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
    var copy = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    copy.setRGB(0, 0, width, height, pixels, 0, width);
    return copy;
  }

  private static BufferedImage read(String name) throws IOException {
    try (InputStream file = Golden.class.getResourceAsStream("/golden/" + name + ".png")) {
      if (file == null) {
        throw new AssertionError(
            "there is no picture " + name + "; create it with -Dgolden.update=true");
      }
      return ImageIO.read(file);
    }
  }

  private static void compare(BufferedImage expected, BufferedImage now, String name)
      throws IOException {
    boolean sameSize =
        expected.getWidth() == now.getWidth() && expected.getHeight() == now.getHeight();
    var difference = new BufferedImage(now.getWidth(), now.getHeight(), BufferedImage.TYPE_INT_RGB);
    long different = sameSize ? mark(expected, now, difference) : Long.MAX_VALUE;
    double share = (double) different / ((long) now.getWidth() * now.getHeight());
    if (share > MOST_DIFFERENT) {
      write(expected, RESULTS.resolve(name + "-expected.png"));
      write(now, RESULTS.resolve(name + "-now.png"));
      write(difference, RESULTS.resolve(name + "-difference.png"));
      throw new AssertionError(
          "%s: %d pixels differ (%.3f %%); see %s"
              .formatted(name, different, 100 * share, RESULTS.toAbsolutePath()));
    }
  }

  private static long mark(BufferedImage expected, BufferedImage now, BufferedImage difference) {
    long different = 0;
    for (int y = 0; y < now.getHeight(); y++) {
      for (int x = 0; x < now.getWidth(); x++) {
        if (distance(expected.getRGB(x, y), now.getRGB(x, y)) > CHANNEL) {
          different++;
          difference.setRGB(x, y, 0xff0000);
        } else {
          difference.setRGB(x, y, now.getRGB(x, y) >> 2 & 0x3f3f3f);
        }
      }
    }
    return different;
  }

  private static int distance(int one, int other) {
    int most = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      most = Math.max(most, Math.abs((one >> shift & 0xff) - (other >> shift & 0xff)));
    }
    return most;
  }

  private static void write(BufferedImage image, Path file) throws IOException {
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
  }
}
