package dev.sluice.adapter.http;

import dev.sluice.application.access.AuthenticateCallers;
import dev.sluice.application.access.AuthenticateCallers.Reason;
import dev.sluice.application.access.AuthenticateCallers.Verdict;
import dev.sluice.domain.access.ApiKey;
import dev.sluice.domain.access.Role;
import io.helidon.http.HeaderNames;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Decides whether a caller may call a route, and explains a rejection.
public final class Authorizer {

  private static final String SCHEME = "bearer ";
  private static final String CHALLENGE = "Bearer realm=\"sluice\"";
  private static final String MISSING = "missing";
  private static final Duration WAIT = Duration.ofSeconds(2);

  private final AuthenticateCallers callers;
  private final boolean isOpen;
  private final boolean isLocal;
  private final FailedAttempts attempts;
  private final RefusalLog log;
  private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();

  /// @param security whether keys are required
  /// @param isLocal whether the service listens on a loopback address
  public Authorizer(
      AuthenticateCallers callers,
      HttpSettings.Security security,
      boolean isLocal,
      FailedAttempts attempts,
      RefusalLog log,
      Meters meters) {
    this.callers = callers;
    this.isOpen = security.isOpen();
    this.isLocal = isLocal;
    this.attempts = attempts;
    this.log = log;
    count(MISSING, meters);
    for (Reason reason : Reason.values()) {
      count(nameOf(reason), meters);
    }
  }

  private void count(String reason, Meters meters) {
    failures.put(
        reason,
        meters.counter(
            "sluice.auth.failures",
            "Requests rejected for lack of a valid key, by reason",
            Map.of("reason", reason)));
  }

  private static String nameOf(Reason reason) {
    return reason.name().toLowerCase(Locale.ROOT);
  }

  /// Rejects requests that web pages of other sites send to an open service. Such pages are
  /// programs too, in the browser of someone who can reach the service; they are recognized by
  /// their origin. On a loopback address only programs of this machine are admitted.
  ///
  /// @throws ProblemException for a request from such a page
  public void refuseForeign(Exchange exchange) {
    if (!isOpen) {
      return;
    }
    if (!isLocal && !LocalRequests.isSameSite(exchange)) {
      throw foreignOrigin(
          "Send an Origin that equals Host, or none: without keys, pages of other sites may not"
              + " call. To admit them, set AUTH=on and send a key.");
    }
    if (isLocal && !LocalRequests.isLocal(exchange)) {
      throw foreignOrigin(
          "Send a Host that names this machine, and an equal Origin or none: without keys, only"
              + " programs of this machine may call. To admit others, set AUTH=on and send a"
              + " key.");
    }
  }

  private static ProblemException foreignOrigin(String detail) {
    return new ProblemException(Problem.of(ProblemCode.FOREIGN_ORIGIN, detail));
  }

  /// Identifies the caller and checks its role.
  ///
  /// @throws ProblemException when the caller may not call the route
  public void admit(Exchange exchange, Access access) {
    if (access == Access.OPEN) {
      return;
    }
    Caller caller = callerOf(exchange);
    Optional<Role> needed = access.needed();
    needed.ifPresent(caller::require);
    exchange.calledBy(caller);
  }

  private Caller callerOf(Exchange exchange) {
    Optional<String> key = keyIn(exchange.header(HeaderNames.AUTHORIZATION));
    if (key.isEmpty()) {
      return callerWithoutKey(exchange);
    }
    return switch (callers.authenticate(key.get())) {
      case Verdict.Known(ApiKey known) -> Caller.of(known, exchange.remoteAddress());
      case Verdict.Refused(Reason reason, Optional<String> keyId) -> {
        failed(exchange, nameOf(reason), keyId);
        throw refused(exchange);
      }
    };
  }

  /// Returns the key in an `Authorization` header. Other schemes than Bearer are meant for a proxy.
  private static Optional<String> keyIn(Optional<String> header) {
    return header
        .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
        .map(value -> value.substring(SCHEME.length()).strip());
  }

  private Caller callerWithoutKey(Exchange exchange) {
    if (isOpen) {
      return Caller.anonymous(exchange.remoteAddress());
    }
    failed(exchange, MISSING, Optional.empty());
    throw new ProblemException(
        Problem.of(
                ProblemCode.UNAUTHORIZED,
                "Send a key as \"Authorization: Bearer slc_…\"; create one with sluice keys add.")
            .withHeader("WWW-Authenticate", CHALLENGE));
  }

  private void failed(Exchange exchange, String reason, Optional<String> keyId) {
    LongAdder counter = failures.get(reason);
    if (counter != null) {
      counter.increment();
    }
    log.refused(reason, keyId, exchange.remoteAddress());
  }

  /// Returns the problem for a wrong key, after a delay when there were many. It does not reveal
  /// what is wrong with the key.
  private ProblemException refused(Exchange exchange) {
    exchange.now(StallGuard.Phase.WORKING);
    if (!attempts.hold(exchange.remoteAddressKey())) {
      return new ProblemException(
          Problem.later(
              ProblemCode.RATE_LIMITED,
              "Send a valid key, after Retry-After: too many wrong keys at once.",
              WAIT));
    }
    return new ProblemException(
        Problem.of(
                ProblemCode.UNAUTHORIZED,
                "Send a valid key: this one is unknown, has expired or was revoked.")
            .withHeader("WWW-Authenticate", CHALLENGE + ", error=\"invalid_token\""));
  }
}
