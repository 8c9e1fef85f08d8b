package dev.sluice.process;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A virtual display: Xvfb on a free display number, with its frame buffer in a file.
///
/// The file has the format of the program xwd: a header of 32-bit numbers, most significant byte
/// first, then the colour map, then the pixels.
final class Display implements AutoCloseable {

  private static final int WIDTH = 1_280;
  private static final int HEIGHT = 820;
  private static final int COLOURS = 12;

  private final Path folder;
  private final Child server;
  private final String name;

  Display(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder.resolve("display"));
    this.server =
        new Child(
            folder.resolve("display.txt"),
            Map.of(),
            List.of(
                "Xvfb",
                "-displayfd",
                "1",
                "-screen",
                "0",
                WIDTH + "x" + HEIGHT + "x24",
                "-fbdir",
                this.folder.toString(),
                "-nolisten",
                "tcp"));
    this.name =
        ":"
            + server
                .waitFor("the display's number", said -> said.matches("(?s).*\\d+\\n.*"))
                .lines()
                .filter(line -> line.matches("\\d+"))
                .findFirst()
                .orElseThrow();
  }

  /// Returns the value for `DISPLAY`.
  String name() {
    return name;
  }

  /// Returns the current picture.
  BufferedImage picture() {
    try {
      ByteBuffer file =
          ByteBuffer.wrap(Files.readAllBytes(folder.resolve("Xvfb_screen0")))
              .order(ByteOrder.BIG_ENDIAN);
      int head = file.getInt(0);
      int lineBytes = file.getInt(12 * 4);
      int colours = file.getInt(19 * 4);
      int pixels = head + colours * COLOURS;
      boolean littleEndian = file.getInt(7 * 4) == 0;
      file.order(littleEndian ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
      var picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
      for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
          picture.setRGB(x, y, file.getInt(pixels + y * lineBytes + x * 4) & 0xffffff);
        }
      }
      return picture;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
