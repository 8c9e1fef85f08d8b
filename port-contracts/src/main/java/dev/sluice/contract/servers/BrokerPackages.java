package dev.sluice.contract.servers;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Runs tests with [NeedsBrokerPackages] only where the packages are installed, and passes them the
/// servers of the session.
final class BrokerPackages implements ExecutionCondition, ParameterResolver {

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return BrokerSource.arePackagesInstalled()
        ? ConditionEvaluationResult.enabled("RabbitMQ and Redis are installed")
        : MissingBrokers.skip(MissingBrokers.ADVICE_FOR_FAULTS);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == RabbitServer.class || type == RedisServer.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    RunningBrokers.Packaged brokers = BrokerServers.packaged(context);
    return parameter.getParameter().getType() == RabbitServer.class
        ? brokers.rabbit()
        : brokers.redis();
  }
}
