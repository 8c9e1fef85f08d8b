package dev.sluice.domain.text;

import dev.sluice.domain.port.BulkPlan;
import dev.sluice.domain.port.EventFilter;
import dev.sluice.domain.subscription.Backfill;
import dev.sluice.domain.subscription.EventPattern;
import dev.sluice.domain.subscription.SubscriptionName;
import dev.sluice.domain.subscription.TypePattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Encodes what a plan applies to as text: its filter as [FilterCodec] does, with further lines for
/// a back-fill. Versions that know no back-fill refuse to read them.
public final class BackfillCodec {

  private static final String PREFIX = "backfill.";
  private static final String SUBSCRIPTION = PREFIX + "subscription=";
  private static final String TYPE = PREFIX + "type=";
  private static final String OWN = PREFIX + "own=";
  private static final String FURTHER = PREFIX + "further=";

  private BackfillCodec() {}

  /// Returns the text that [#filter] and [#backfill] read.
  public static String encode(BulkPlan plan) {
    var lines = new ArrayList<String>();
    lines.add(FilterCodec.encode(plan.filter()));
    plan.backfill().ifPresent(backfill -> add(lines, backfill));
    return String.join("\n", lines);
  }

  private static void add(List<String> lines, Backfill backfill) {
    lines.add(SUBSCRIPTION + backfill.subscription().value());
    backfill.types().forEach(type -> lines.add(TYPE + oneLine(type.glob())));
    backfill.own().ifPresent(pattern -> lines.add(OWN + oneLine(pattern.json())));
    backfill.further().ifPresent(pattern -> lines.add(FURTHER + oneLine(pattern.json())));
  }

  /// In JSON, line breaks can only be white space between tokens; no event type has one.
  private static String oneLine(String text) {
    return text.replace('\n', ' ').replace('\r', ' ');
  }

  /// Returns the filter in a text.
  ///
  /// @throws IllegalArgumentException when it contains an unknown line
  public static EventFilter filter(String text) {
    return FilterCodec.decode(
        text.lines().filter(line -> !line.startsWith(PREFIX)).collect(Collectors.joining("\n")));
  }

  /// Returns the back-fill in a text, if there is one.
  public static Optional<Backfill> backfill(String text) {
    List<String> lines = text.lines().filter(line -> line.startsWith(PREFIX)).toList();
    return one(lines, SUBSCRIPTION)
        .map(
            name ->
                new Backfill(
                    new SubscriptionName(name),
                    all(lines, TYPE).stream().map(TypePattern::new).toList(),
                    one(lines, OWN).map(EventPattern::new),
                    one(lines, FURTHER).map(EventPattern::new)));
  }

  private static Optional<String> one(List<String> lines, String start) {
    return all(lines, start).stream().findFirst();
  }

  private static List<String> all(List<String> lines, String start) {
    return lines.stream()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()))
        .toList();
  }
}
