package dev.sluice.adapter.webhook;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The ports that a webhook may use: single ones and ranges, such as `80,443,8000-8999`.
///
/// A port of a well-known database or control service is not opened by a range that happens to hold
/// it, only by its own number.
record AllowedPorts(List<Range> ranges) {

  /// The ports of HTTP and HTTPS.
  static final AllowedPorts STANDARD = parse("80,443");

  private static final Set<Integer> SERVICES =
      Set.of(2375, 2379, 3306, 5432, 5672, 6379, 9200, 10250, 11211, 15672, 27017);

  AllowedPorts {
    ranges = List.copyOf(ranges);
  }

  /// @throws IllegalArgumentException when an item is neither a port nor a range of ports
  static AllowedPorts parse(String text) {
    var ranges = new ArrayList<Range>();
    for (String item : text.split(",", -1)) {
      ranges.add(range(item.strip()));
    }
    return new AllowedPorts(ranges);
  }

  private static Range range(String item) {
    if (!item.matches("\\d{1,5}(-\\d{1,5})?")) {
      throw new IllegalArgumentException(
          "\"" + item + "\" is not a port; write ports as 80,443,8000-8999.");
    }
    int dash = item.indexOf('-');
    int first = Integer.parseInt(dash < 0 ? item : item.substring(0, dash));
    int last = Integer.parseInt(dash < 0 ? item : item.substring(dash + 1));
    return new Range(first, last);
  }

  boolean contains(int port) {
    return ranges.stream().anyMatch(range -> range.opens(port));
  }

  /// Ports from `first` to `last`, both included.
  record Range(int first, int last) {

    Range {
      if (first < 1 || last > 65_535 || first > last) {
        throw new IllegalArgumentException(
            "Ports are between 1 and 65535, the lower one first: " + first + '-' + last);
      }
    }

    private boolean opens(int port) {
      return port >= first && port <= last && (first == last || !SERVICES.contains(port));
    }

    @Override
    public String toString() {
      return first == last ? String.valueOf(first) : first + "-" + last;
    }
  }
}
