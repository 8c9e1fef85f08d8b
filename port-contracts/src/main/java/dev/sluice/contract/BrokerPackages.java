package dev.sluice.contract;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Runs what is marked [NeedsBrokerPackages] only where they are.
final class BrokerPackages implements ExecutionCondition {

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return BrokerSource.arePackagesInstalled()
        ? ConditionEvaluationResult.enabled("RabbitMQ and Redis are installed")
        : MissingBrokers.skip(MissingBrokers.ADVICE_FOR_FAULTS);
  }
}
