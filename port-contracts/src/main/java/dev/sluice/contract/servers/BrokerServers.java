package dev.sluice.contract.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Passes tests a real RabbitMQ and a real Redis, as a parameter of type [BrokerUrls].
///
/// They are those that `SLUICE_TEST_AMQP_URL` and `SLUICE_TEST_REDIS_URL` name. Without these
/// variables, the system's packages are started, or otherwise containers: once, for all tests of
/// the JVM. Where none of them is available, tests are skipped, or fail if `SLUICE_TEST_BROKER` is
/// `required`.
///
/// ```java
/// @ExtendWith(BrokerServers.class)
/// class AmqpTest {
///   @Test
///   void publishedEvent_isDelivered(BrokerUrls urls) { … }
/// }
/// ```
public final class BrokerServers implements ExecutionCondition, ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(BrokerServers.class);

  /// JUnit creates one instance per test class; all of them share the servers.
  public BrokerServers() {}

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    BrokerSource source = BrokerSource.here();
    return source == BrokerSource.NOWHERE
        ? MissingBrokers.skip(MissingBrokers.ADVICE)
        : ConditionEvaluationResult.enabled("RabbitMQ and Redis come from " + source);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == BrokerUrls.class;
  }

  @Override
  public BrokerUrls resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return running(context).urls();
  }

  private static RunningBrokers running(ExtensionContext context) {
    return store(context)
        .computeIfAbsent(
            RunningBrokers.class, key -> started(BrokerSource.here()::start), RunningBrokers.class);
  }

  /// Returns servers of the system's packages, which may be reconfigured: the same as the others
  /// where these come from packages, too.
  static RunningBrokers.Packaged packaged(ExtensionContext context) {
    return BrokerSource.here() == BrokerSource.PACKAGES
        ? (RunningBrokers.Packaged) running(context)
        : store(context)
            .computeIfAbsent(
                RunningBrokers.Packaged.class,
                key -> started(RunningBrokers.Packaged::start),
                RunningBrokers.Packaged.class);
  }

  /// Returns the store of the session, in which classes may run one after the other; the session
  /// closes what is in it.
  private static Store store(ExtensionContext context) {
    return context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE);
  }

  private interface Start<T> {
    T start() throws IOException;
  }

  private static <T> T started(Start<T> start) {
    try {
      return start.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
