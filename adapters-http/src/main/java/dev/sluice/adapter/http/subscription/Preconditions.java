package dev.sluice.adapter.http.subscription;

import dev.sluice.adapter.http.Exchange;
import dev.sluice.adapter.http.Problem;
import dev.sluice.adapter.http.ProblemCode;
import dev.sluice.adapter.http.ProblemException;
import dev.sluice.domain.subscription.Subscription;
import dev.sluice.domain.subscription.SubscriptionChange.Expected;
import dev.sluice.format.FieldProblem;
import io.helidon.http.HeaderNames;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which version of a subscription or schedule a request may change: `If-Match` and `If-None-Match`
/// (RFC 9110, section 13).
public final class Preconditions {

  private static final Pattern TAG = Pattern.compile("\"([0-9]{1,18})\"");

  private Preconditions() {}

  /// Returns the entity tag of a version.
  static String tagOf(Subscription subscription) {
    return tagOf(subscription.version());
  }

  /// Returns the entity tag of a version.
  public static String tagOf(long version) {
    return "\"" + version + "\"";
  }

  /// Reads the headers of a request that changes a subscription.
  ///
  /// @throws ProblemException when they are not what this API returns
  static Expected of(Exchange exchange) {
    return of(exchange, "subscription");
  }

  /// Reads the headers of a request that changes something with versions.
  ///
  /// @param what the word for it
  /// @throws ProblemException when they are not what this API returns
  public static Expected of(Exchange exchange, String what) {
    Optional<String> match = exchange.header(HeaderNames.IF_MATCH).map(String::strip);
    Optional<String> noneMatch = exchange.header(HeaderNames.IF_NONE_MATCH).map(String::strip);
    if (match.isPresent() && noneMatch.isPresent()) {
      throw invalid("If-Match", "must not be sent together with If-None-Match");
    }
    if (noneMatch.isPresent()) {
      return absent(noneMatch.get(), what);
    }
    return match.map(tags -> version(tags, what)).orElse(Expected.ANY);
  }

  private static Expected absent(String tags, String what) {
    if (!tags.equals("*")) {
      throw invalid("If-None-Match", "must be *, which creates a " + what + " only if it is new");
    }
    return Expected.ABSENT;
  }

  private static Expected version(String tags, String what) {
    Matcher tag = TAG.matcher(tags);
    if (!tag.matches()) {
      throw invalid("If-Match", "must be the ETag of the " + what + ", such as \"17\"");
    }
    return new Expected.Version(Long.parseLong(tag.group(1)));
  }

  private static ProblemException invalid(String header, String detail) {
    return new ProblemException(
        Problem.of(
            ProblemCode.INVALID_HEADER,
            "Fix the headers listed in \"errors\" and resend. Nothing was changed.",
            List.of(FieldProblem.header(header, detail))));
  }
}
