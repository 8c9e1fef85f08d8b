package dev.sluice.contract.servers;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;

/// Skips or fails tests for which there are no brokers.
final class MissingBrokers {

  /// How to make such tests run.
  static final String ADVICE =
      "no RabbitMQ and Redis for this test: install the packages rabbitmq-server and redis-server,"
          + " or Docker, or set SLUICE_TEST_AMQP_URL and SLUICE_TEST_REDIS_URL";

  /// The same for tests that stop and start the brokers.
  static final String ADVICE_FOR_FAULTS =
      "no RabbitMQ and Redis that this test may stop: install the packages rabbitmq-server and"
          + " redis-server";

  private static final String VARIABLE = "SLUICE_TEST_BROKER";

  private MissingBrokers() {}

  /// Skips tests, except where brokers are required: there a skipped test would go unnoticed.
  ///
  /// @throws IllegalStateException when the environment says that brokers are required
  static ConditionEvaluationResult skip(String advice) {
    if ("required".equals(System.getenv(VARIABLE))) {
      throw new IllegalStateException(VARIABLE + " is \"required\", but there is " + advice);
    }
    return ConditionEvaluationResult.disabled(advice);
  }
}
