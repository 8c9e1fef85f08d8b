package dev.sluice.architecture;

import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/// Limits the number of parameters of a constructor.
final class TakeAtMost extends ArchCondition<JavaConstructor> {

  private final int limit;

  TakeAtMost(int limit) {
    super("take at most %d parameters", limit);
    this.limit = limit;
  }

  @Override
  public void check(JavaConstructor item, ConditionEvents events) {
    int count = item.getParameters().size();
    String message = "%s takes %d parameters".formatted(item.getDescription(), count);
    events.add(new SimpleConditionEvent(item, count <= limit, message));
  }
}
