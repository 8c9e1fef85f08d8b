package dev.sluice.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/// Requires a `package-info` with `@NullMarked`.
final class BeInNullMarkedPackage extends ArchCondition<JavaClass> {

  BeInNullMarkedPackage() {
    super("be in a package that is @NullMarked");
  }

  @Override
  public void check(JavaClass item, ConditionEvents events) {
    boolean marked = item.getPackage().isAnnotatedWith(NullMarked.class);
    String message = item.getDescription() + " is in a package that is not @NullMarked";
    events.add(new SimpleConditionEvent(item, marked, message));
  }
}
