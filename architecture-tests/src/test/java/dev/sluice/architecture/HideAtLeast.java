package dev.sluice.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.List;

/// Requires a share of package-private types among the top-level types of a rule's classes.
///
/// It checks all classes together, so a failure counts them and names the public ones.
final class HideAtLeast extends ArchCondition<JavaClass> {

  private final double share;

  private List<JavaClass> topLevel = List.of();

  HideAtLeast(double share) {
    super("hide at least %.0f %% of their top-level types", 100 * share);
    this.share = share;
  }

  @Override
  public void init(Collection<JavaClass> all) {
    topLevel = all.stream().filter(HideAtLeast::isTopLevelType).toList();
  }

  @Override
  public void check(JavaClass item, ConditionEvents events) {
    // A single class is not checked: see finish.
  }

  @Override
  public void finish(ConditionEvents events) {
    List<String> exposed =
        topLevel.stream()
            .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
            .map(JavaClass::getName)
            .sorted()
            .toList();
    int hidden = topLevel.size() - exposed.size();
    String message =
        "%d of %d top-level types are package-private; public are %s"
            .formatted(hidden, topLevel.size(), exposed);
    events.add(new SimpleConditionEvent(topLevel, hidden >= share * topLevel.size(), message));
  }

  private static boolean isTopLevelType(JavaClass type) {
    return type.isTopLevelClass() && !type.getSimpleName().equals("package-info");
  }
}
