package dev.sluice.adapter.webhook;

import dev.sluice.adapter.webhook.guard.AddressLiteral;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads the host of a receiver's URL.
final class HostCheck {

  private static final Pattern LABEL = Pattern.compile("[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x.*");

  private static final Set<String> METADATA =
      Set.of("metadata", "metadata.google.internal", "instance-data", "instance-data.ec2.internal");
  private static final List<String> INTERNAL_SUFFIXES =
      List.of(
          ".localhost",
          ".localdomain",
          ".local",
          ".internal",
          ".svc",
          ".intranet",
          ".lan",
          ".home.arpa");

  private final UrlRules rules;

  HostCheck(UrlRules rules) {
    this.rules = rules;
  }

  /// Returns the host in lower case: an address without brackets, or a name without its last dot.
  ///
  /// @throws RefusedUrlException when no webhook may be sent to the host
  String check(String host) {
    if (host.startsWith("[")) {
      return bracketed(host);
    }
    String lower = host.toLowerCase(Locale.ROOT);
    if (AddressLiteral.isQuad(lower)) {
      return address(lower);
    }
    String name = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    requireName(name);
    requirePublicName(name);
    return name;
  }

  private String bracketed(String host) {
    if (!host.endsWith("]")) {
      throw new RefusedUrlException("\"" + host + "\" is no IPv6 address in brackets.");
    }
    String inside = host.substring(1, host.length() - 1);
    if (inside.indexOf(':') < 0) {
      throw new RefusedUrlException("\"" + host + "\" is no IPv6 address in brackets.");
    }
    return address(inside);
  }

  private String address(String text) {
    InetAddress address =
        AddressLiteral.parse(text)
            .orElseThrow(() -> new RefusedUrlException("\"" + text + "\" is not an address."));
    rules
        .guard()
        .refusal(address)
        .ifPresent(
            why -> {
              throw new RefusedUrlException(why);
            });
    return address.getHostAddress();
  }

  private static void requireName(String name) {
    if (name.length() > 253) {
      throw new RefusedUrlException("The host has more than 253 characters.");
    }
    String[] labels = name.split("\\.", -1);
    if (NUMBER.matcher(labels[labels.length - 1]).matches()) {
      throw new RefusedUrlException(
          "The host \"" + name + "\" ends in a number: write an address as four decimal numbers.");
    }
    for (String label : labels) {
      if (!LABEL.matcher(label).matches()) {
        throw new RefusedUrlException("\"" + name + "\" is not a host name.");
      }
      if (label.startsWith("xn--") && !Punycode.isValid(label.substring(4))) {
        throw new RefusedUrlException("\"" + label + "\" is no valid xn-- form of a name.");
      }
    }
  }

  private void requirePublicName(String name) {
    if (METADATA.contains(name)) {
      throw new RefusedUrlException("\"" + name + "\" is the metadata service of a cloud.");
    }
    boolean isInternal =
        name.indexOf('.') < 0 || INTERNAL_SUFFIXES.stream().anyMatch(name::endsWith);
    if (isInternal && !rules.internalNamesAllowed()) {
      throw new RefusedUrlException(
          "\""
              + name
              + "\" is the name of an internal host: use its public name, or add its network to"
              + " WEBHOOK_ALLOW_NETWORKS on every node.");
    }
  }
}
