package dev.sluice.adapter.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The metrics page, parsed line by line like Prometheus does.
///
/// @param samples all samples, in order
/// @param types the type of each metric
record Metrics(List<Sample> samples, Map<String, String> types) {

  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? ([^ ]+)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\\n]|\\\\[\\\\\"n])*)\",?");
  private static final Pattern COMMENT =
      Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)");

  /// One sample.
  record Sample(String name, Map<String, String> labels, double value) {}

  static Metrics of(TestServer server) {
    return parse(server.get("/metrics").hasStatus(200).body());
  }

  static Metrics parse(String text) {
    List<Sample> samples = new ArrayList<>();
    Map<String, String> types = new TreeMap<>();
    if (!text.endsWith("\n")) {
      throw new AssertionError("the last line has no end");
    }
    for (String line : text.lines().toList()) {
      if (line.startsWith("#")) {
        Matcher comment = matching(COMMENT, line);
        if (comment.group(1).equals("TYPE")
            && types.put(comment.group(2), comment.group(3)) != null) {
          throw new AssertionError("a second type: " + line);
        }
      } else if (!line.isEmpty()) {
        Matcher sample = matching(SAMPLE, line);
        String labels = sample.group(2) == null ? "" : sample.group(2);
        samples.add(new Sample(sample.group(1), labels(labels), number(sample.group(3))));
      }
    }
    return new Metrics(samples, types);
  }

  private static Matcher matching(Pattern pattern, String line) {
    Matcher matcher = pattern.matcher(line);
    if (!matcher.matches()) {
      throw new AssertionError("not Prometheus text: " + line);
    }
    return matcher;
  }

  private static Map<String, String> labels(String text) {
    Map<String, String> labels = new TreeMap<>();
    Matcher label = LABEL.matcher(text);
    int end = 0;
    while (label.find() && label.start() == end) {
      labels.put(label.group(1), label.group(2));
      end = label.end();
    }
    if (end != text.length()) {
      throw new AssertionError("not labels: " + text);
    }
    return labels;
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  /// Returns the value of the sample with this name and these label names and values in turn; 0
  /// without one.
  double value(String name, String... labels) {
    return samples.stream()
        .filter(sample -> sample.name().equals(name))
        .filter(sample -> hasAll(sample, labels))
        .mapToDouble(Sample::value)
        .sum();
  }

  private static boolean hasAll(Sample sample, String... labels) {
    for (int index = 0; index < labels.length; index += 2) {
      if (!labels[index + 1].equals(sample.labels().get(labels[index]))) {
        return false;
      }
    }
    return true;
  }
}
