package dev.sluice.adapter.jdbc.postgres;

import dev.sluice.domain.claim.PriorityOrder;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.Driver;

/// The PostgreSQL database to use, and how.
///
/// @param url for JDBC, without user and password
/// @param user to log in as; the driver's default when absent
/// @param password of the user
/// @param connections most connections for work and requests; one more listens for news
/// @param isNotifying whether nodes notify each other of new work, which needs a session of its
///   own: false behind a pooler that assigns a session to each transaction
/// @param order in which due deliveries begin
public record PostgresSettings(
    String url,
    Optional<String> user,
    Optional<String> password,
    int connections,
    boolean isNotifying,
    PriorityOrder order) {

  private static final Pattern FORM =
      Pattern.compile("(?:postgres|postgresql)://(?:([^@/?]*)@)?([^@]+)");
  private static final Pattern SECRETS =
      Pattern.compile("(?<=://[^@/?:]{0,255}:).*(?=@)|(?<=[?&](?:ssl)?password=)[^&]*");

  /// Reads a URL in PostgreSQL's form, `postgresql://user:password@host:port/database`, or a JDBC
  /// URL.
  ///
  /// @throws IllegalArgumentException when it is neither
  public static PostgresSettings of(String url, int connections, boolean isNotifying) {
    return of(url, connections, isNotifying, PriorityOrder.DEFAULT);
  }

  /// Does the same, with another order than the usual one.
  public static PostgresSettings of(
      String url, int connections, boolean isNotifying, PriorityOrder order) {
    if (url.startsWith("jdbc:postgresql:")) {
      return new PostgresSettings(
          understood(url), Optional.empty(), Optional.empty(), connections, isNotifying, order);
    }
    Matcher form = FORM.matcher(url);
    if (!form.matches()) {
      throw new IllegalArgumentException("not a PostgreSQL URL: " + masked(url));
    }
    String[] login = Optional.ofNullable(form.group(1)).orElse("").split(":", 2);
    return new PostgresSettings(
        understood("jdbc:postgresql://" + form.group(2)),
        login[0].isEmpty() ? Optional.empty() : Optional.of(decoded(login[0])),
        login.length < 2 ? Optional.empty() : Optional.of(decoded(login[1])),
        connections,
        isNotifying,
        order);
  }

  /// Asks the driver now, because its later error would show the password.
  private static String understood(String jdbcUrl) {
    if (Driver.parseURL(jdbcUrl, new Properties()) == null) {
      throw new IllegalArgumentException("not a PostgreSQL URL: " + masked(jdbcUrl));
    }
    return jdbcUrl;
  }

  /// Returns the URL with stars for the password.
  public static String masked(String url) {
    return SECRETS.matcher(url).replaceAll("***");
  }

  private static String decoded(String text) {
    // A plus sign means itself here, unlike in forms.
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /// Returns the URL without the password.
  @Override
  public String toString() {
    return masked(url);
  }
}
