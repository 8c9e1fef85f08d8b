package dev.sluice.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/// Rejects `@Disabled` on a class and its methods, both JUnit's and jqwik's.
final class NotBeDisabled extends ArchCondition<JavaClass> {

  NotBeDisabled() {
    super("not be @Disabled");
  }

  @Override
  public void check(JavaClass item, ConditionEvents events) {
    refuse(item, item.getDescription(), events);
    for (JavaMember member : item.getMethods()) {
      refuse(member, member.getDescription(), events);
    }
  }

  private static void refuse(HasAnnotations<?> item, String what, ConditionEvents events) {
    boolean disabled =
        item.getAnnotations().stream()
            .anyMatch(annotation -> annotation.getRawType().getSimpleName().equals("Disabled"));
    events.add(new SimpleConditionEvent(item, !disabled, what + " is @Disabled"));
  }
}
