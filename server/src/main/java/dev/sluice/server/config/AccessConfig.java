package dev.sluice.server.config;

import dev.sluice.adapter.http.HttpSettings;
import dev.sluice.application.access.AccessKeys;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Authentication, TLS and the identity of clients.
///
/// @param auth when keys are needed
/// @param adminKey an admin key that is valid with every storage
/// @param isMetricsLocked whether `/metrics` needs a key when others do
/// @param tls the certificate, if the service uses TLS
/// @param clients how client addresses are determined and limited
public record AccessConfig(
    Auth auth,
    Optional<String> adminKey,
    boolean isMetricsLocked,
    Optional<HttpSettings.Tls> tls,
    HttpSettings.Clients clients) {

  /// When keys are needed.
  public enum Auth {
    /// On any address but a loopback one.
    AUTO,
    /// Always.
    ON,
    /// Never.
    OFF
  }

  static AccessConfig read(ConfigReader reader) {
    String auth = reader.oneOf(ConfigKey.AUTH, List.of("auto", "on", "off"));
    return new AccessConfig(
        switch (auth) {
          case "on" -> Auth.ON;
          case "off" -> Auth.OFF;
          default -> Auth.AUTO;
        },
        adminKey(reader),
        reader.isOn(ConfigKey.METRICS_AUTH),
        tls(reader),
        clients(reader));
  }

  private static HttpSettings.Clients clients(ConfigReader reader) {
    List<HttpSettings.AddressRange> proxies = new ArrayList<>();
    if (reader.isGiven(ConfigKey.TRUSTED_PROXIES)) {
      for (String range : reader.text(ConfigKey.TRUSTED_PROXIES).split(",", -1)) {
        HttpSettings.AddressRange.parse(range.strip())
            .ifPresentOrElse(
                proxies::add,
                () ->
                    reader.wrong(
                        ConfigKey.TRUSTED_PROXIES,
                        "a comma-separated list of addresses or ranges, such as"
                            + " 10.0.0.0/8,2001:db8::1, without host names"));
      }
    }
    return new HttpSettings.Clients(
        proxies, reader.integer(ConfigKey.MAX_CONNECTIONS_PER_ADDRESS, 0, 1_000_000));
  }

  private static Optional<String> adminKey(ConfigReader reader) {
    if (!reader.isGiven(ConfigKey.ADMIN_KEY)) {
      return Optional.empty();
    }
    String key = reader.text(ConfigKey.ADMIN_KEY);
    if (AccessKeys.isKey(key)) {
      return Optional.of(key);
    }
    reader.wrong(
        ConfigKey.ADMIN_KEY,
        "slc_<id>_<secret>, where the secret has 32 to 128 letters and digits (create one with"
            + " sluice keys add --storage memory --owner me --role admin)");
    return Optional.empty();
  }

  private static Optional<HttpSettings.Tls> tls(ConfigReader reader) {
    boolean hasCertificate = reader.isGiven(ConfigKey.TLS_CERT);
    boolean hasKey = reader.isGiven(ConfigKey.TLS_KEY);
    if (!hasCertificate && !hasKey) {
      return Optional.empty();
    }
    if (hasCertificate && hasKey) {
      return Optional.of(certificateAndKey(reader));
    }
    ConfigKey given = hasCertificate ? ConfigKey.TLS_CERT : ConfigKey.TLS_KEY;
    reader.path(given);
    reader.wrong(given, "set together with the other of TLS_CERT and TLS_KEY");
    return Optional.empty();
  }

  private static HttpSettings.Tls certificateAndKey(ConfigReader reader) {
    var files =
        new HttpSettings.Tls(reader.path(ConfigKey.TLS_CERT), reader.path(ConfigKey.TLS_KEY));
    Optional<String> problem = files.problem();
    problem.ifPresent(
        detail ->
            reader.wrong(
                detail.startsWith(files.key() + " ") ? ConfigKey.TLS_KEY : ConfigKey.TLS_CERT,
                "a PEM file that matches its counterpart: " + detail));
    return files;
  }

  /// Whether callers need no key when the service listens on this address.
  public boolean isOpenOn(InetAddress address) {
    return switch (auth) {
      case ON -> false;
      case OFF -> true;
      case AUTO -> address.isLoopbackAddress();
    };
  }
}
