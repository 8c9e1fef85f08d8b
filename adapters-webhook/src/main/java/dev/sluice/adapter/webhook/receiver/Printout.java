package dev.sluice.adapter.webhook.receiver;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/// Prints requests, each in one piece.
final class Printout {

  private static final int MAX_CHARACTERS = 4_000;

  private final PrintWriter out;
  private final boolean showsHeaders;

  Printout(PrintWriter out, boolean showsHeaders) {
    this.out = out;
    this.showsHeaders = showsHeaders;
  }

  /// Prints a request and what became of it: one line, and its body below.
  void print(Instant at, ReceivedRequest request, ReceiverResponse response) {
    var text = new StringBuilder();
    text.append(at.truncatedTo(ChronoUnit.MILLIS))
        .append(' ')
        .append(printable(request.method() + ' ' + request.target()))
        .append(" -> ")
        .append(response.status());
    add(text, "webhook-id", request);
    add(text, "webhook-attempt", request);
    text.append(", ").append(response.reason()).append('\n');
    if (showsHeaders) {
      request.headers().forEach((name, value) -> indent(text, name + ": " + value));
    }
    if (!request.isTooLong() && request.body().length > 0) {
      request.text().lines().forEach(line -> indent(text, line));
    }
    synchronized (out) {
      out.print(cut(text));
      out.flush();
    }
  }

  private static void add(StringBuilder text, String name, ReceivedRequest request) {
    request
        .header(name)
        .ifPresent(value -> text.append(", ").append(name).append(' ').append(printable(value)));
  }

  private static void indent(StringBuilder text, String line) {
    // What will be cut off need not be made printable first.
    if (text.length() <= MAX_CHARACTERS) {
      text.append("  ").append(printable(line)).append('\n');
    }
  }

  private static CharSequence cut(StringBuilder text) {
    return text.length() <= MAX_CHARACTERS ? text : text.substring(0, MAX_CHARACTERS) + "… (cut)\n";
  }

  /// Replaces what could control a terminal.
  private static String printable(String text) {
    var printable = new StringBuilder();
    int end = Math.min(text.length(), MAX_CHARACTERS + 1);
    for (int at = 0; at < end; at++) {
      char character = text.charAt(at);
      if (Character.isISOControl(character) && character != '\t') {
        printable.append("\\u").append(HexFormat.of().toHexDigits(character));
      } else {
        printable.append(character);
      }
    }
    return printable.toString();
  }
}
