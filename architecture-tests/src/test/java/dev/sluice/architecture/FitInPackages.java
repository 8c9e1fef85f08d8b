package dev.sluice.architecture;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.Map;

/// Requires packages with few files: top-level types, and the description of the package.
final class FitInPackages extends ArchCondition<JavaClass> {

  private final int most;

  private Map<String, Long> files = Map.of();

  FitInPackages(int most) {
    super("be in packages of at most %d files", most);
    this.most = most;
  }

  @Override
  public void init(Collection<JavaClass> all) {
    files =
        all.stream()
            .filter(JavaClass::isTopLevelClass)
            .collect(groupingBy(JavaClass::getPackageName, counting()));
  }

  @Override
  public void check(JavaClass item, ConditionEvents events) {
    // A single class is not checked: see finish.
  }

  @Override
  public void finish(ConditionEvents events) {
    files.forEach(
        (name, number) ->
            events.add(
                new SimpleConditionEvent(
                    name, number <= most, "package %s has %d files".formatted(name, number))));
  }
}
