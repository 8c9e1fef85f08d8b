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

/// Lets a request to its route, or says what is missing.
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

  /// @param security whether keys are needed
  /// @param isLocal whether only this machine can reach the service
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
            "Requests refused for want of a good key, by reason",
            Map.of("reason", reason)));
  }

  private static String nameOf(Reason reason) {
    return reason.name().toLowerCase(Locale.ROOT);
  }

  /// An open service answers programs. Web pages of other sites are programs too, in the browser of
  /// someone who can reach it; they are recognized by where they come from. On a loopback address
  /// only programs of this machine are answered.
  ///
  /// @throws ProblemException for a request of such a page
  public void refuseForeign(Exchange exchange) {
    if (!isOpen) {
      return;
    }
    if (!isLocal && !LocalRequests.isSameSite(exchange)) {
      throw new ProblemException(
          Problem.of(
              ProblemCode.FOREIGN_ORIGIN,
              "without keys pages of other sites must not call: Origin must be the same as Host, if"
                  + " there is one; AUTH=on and a key let them in"));
    }
    if (isLocal && !LocalRequests.isLocal(exchange)) {
      throw new ProblemException(
          Problem.of(
              ProblemCode.FOREIGN_ORIGIN,
              "without keys only programs of this machine may call: Host must name it, and Origin"
                  + " must be the same, if there is one; AUTH=on and a key let others in"));
    }
  }

  /// Finds out who calls, and whether that one may.
  ///
  /// @throws ProblemException when not
  public void admit(Exchange exchange, Access access) {
    if (access == Access.OPEN) {
      return;
    }
    Caller caller = callerOf(exchange);
    Optional<Role> needed = access.needed();
    if (needed.isPresent() && !caller.role().allows(needed.get())) {
      throw new ProblemException(forbidden(caller, needed.get()));
    }
    exchange.calledBy(caller);
  }

  private static Problem forbidden(Caller caller, Role needed) {
    return Problem.of(
            ProblemCode.FORBIDDEN,
            "this takes the role "
                + needed.wireName()
                + ", or one above it; the key's is "
                + caller.role().wireName())
        .with("required_role", needed.wireName());
  }

  private Caller callerOf(Exchange exchange) {
    Optional<String> key = keyIn(exchange.header(HeaderNames.AUTHORIZATION));
    if (key.isEmpty()) {
      if (isOpen) {
        return Caller.anonymous(exchange.remoteAddress());
      }
      failed(exchange, MISSING, Optional.empty());
      throw new ProblemException(
          Problem.of(
                  ProblemCode.UNAUTHORIZED,
                  "send a key: Authorization: Bearer slc_…; sluice keys add makes one")
              .withHeader("WWW-Authenticate", CHALLENGE));
    }
    return switch (callers.authenticate(key.get())) {
      case Verdict.Known(ApiKey known) -> Caller.of(known, exchange.remoteAddress());
      case Verdict.Refused(Reason reason, Optional<String> keyId) -> {
        failed(exchange, nameOf(reason), keyId);
        throw refused(exchange);
      }
    };
  }

  /// The key of an `Authorization` header. Other schemes than Bearer are meant for a proxy.
  private static Optional<String> keyIn(Optional<String> header) {
    return header
        .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
        .map(value -> value.substring(SCHEME.length()).strip());
  }

  private void failed(Exchange exchange, String reason, Optional<String> keyId) {
    LongAdder counter = failures.get(reason);
    if (counter != null) {
      counter.increment();
    }
    log.refused(reason, keyId, exchange.remoteAddress());
  }

  /// Answers a wrong key, after a while when there were many. It does not say what is wrong with
  /// it.
  private ProblemException refused(Exchange exchange) {
    exchange.now(StallGuard.Phase.WORKING);
    if (!attempts.hold(exchange.remoteAddressKey())) {
      return new ProblemException(
          Problem.later(
              ProblemCode.RATE_LIMITED, "too many wrong keys at once; send the right one", WAIT));
    }
    return new ProblemException(
        Problem.of(
                ProblemCode.UNAUTHORIZED,
                "this key is not good: it is unknown, has expired or was revoked")
            .withHeader("WWW-Authenticate", CHALLENGE + ", error=\"invalid_token\""));
  }
}
