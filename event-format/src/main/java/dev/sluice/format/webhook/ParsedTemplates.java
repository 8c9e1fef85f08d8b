package dev.sluice.format.webhook;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Keeps templates that were read: a service has few, and each is rendered many times.
final class ParsedTemplates {

  private static final int MAX_KEPT = 1_000;

  private final Map<String, ReadTemplate> byText = new ConcurrentHashMap<>();

  /// Reads a template, unless it was read before.
  ReadTemplate get(String text) {
    ReadTemplate known = byText.get(text);
    if (known != null) {
      return known;
    }
    ReadTemplate read = WebhookTemplate.read(text);
    if (byText.size() >= MAX_KEPT) {
      // Templates that were edited are not used again.
      byText.clear();
    }
    byText.put(text, read);
    return read;
  }
}
