package dev.sluice.adapter.broker.connection;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A Lua script that Redis runs as one step: nothing else happens in Redis meanwhile.
///
/// @param name of the file
/// @param text the source that Redis runs
/// @param digest by which Redis identifies it
/// @param atLimit the same script, allowed to run while Redis lacks memory; null for none
public record Script(String name, String text, String digest, @Nullable Script atLimit) {

  private static final String FOLDER = "/dev/sluice/adapter/broker/";

  /// Understood by Redis 7 and newer.
  private static final String LEAVE = "#!lua flags=allow-oom\n";

  /// How keys begin in scripts: each is a literal in single quotes.
  private static final List<String> KEYS = List.of("'sluice:", "'processed:");

  private static final String WORDS = "records";
  private static final String TIME = "time";

  /// Returns a script that uses no other file.
  public static Script alone(String name) {
    return of(name, read(name));
  }

  /// Returns a script that uses the functions of `records.lua`.
  public static Script onRecords(String name) {
    return of(name, read(WORDS) + "\n" + read(name));
  }

  /// Returns a script that uses the functions of `time.lua`.
  public static Script timed(String name) {
    return of(name, read(TIME) + "\n" + read(name));
  }

  private static Script of(String name, String text) {
    return new Script(name, text, sha1(text), null);
  }

  /// Returns a copy that runs even while Redis lacks memory, because it frees some or needs little:
  /// stored events have to be processed.
  public Script evenAtLimit() {
    return new Script(name, text, digest, of(name, LEAVE + text));
  }

  /// Returns the form that this Redis understands.
  ///
  /// @param hasFlags whether scripts may begin with flags
  Script in(boolean hasFlags) {
    return hasFlags && atLimit != null ? atLimit : this;
  }

  /// Returns a copy with a prefix before each key. Redis compiles it once, so that it costs no more
  /// than the script without.
  Script with(KeyPrefix prefix) {
    String prefixed = text;
    for (String key : KEYS) {
      prefixed = prefixed.replace(key, "'" + prefix.text() + key.substring(1));
    }
    return of(name, prefixed);
  }

  private static String read(String name) {
    String file = FOLDER + name + ".lua";
    try (InputStream stream = Script.class.getResourceAsStream(file)) {
      if (stream == null) {
        throw new IllegalArgumentException("missing script " + file);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha1(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }
}
