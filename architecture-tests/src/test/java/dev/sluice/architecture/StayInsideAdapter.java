package dev.sluice.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.Set;

/// Requires that a public type is used by another package of its adapter, and by nothing outside
/// the adapter. The compiler copies constants into their users, so that a type with constants may
/// look unused.
final class StayInsideAdapter extends ArchCondition<JavaClass> {

  private static final Set<JavaModifier> CONSTANT =
      Set.of(JavaModifier.PUBLIC, JavaModifier.STATIC, JavaModifier.FINAL);

  private final String adapters;

  /// @param adapters the parent package of all adapters
  StayInsideAdapter(String adapters) {
    super("stay inside their adapter");
    this.adapters = adapters + ".";
  }

  @Override
  public void check(JavaClass type, ConditionEvents events) {
    List<JavaClass> users =
        type.getDirectDependenciesToSelf().stream().map(Dependency::getOriginClass).toList();
    List<String> outside =
        users.stream()
            .filter(user -> !adapterOf(user).equals(adapterOf(type)))
            .map(JavaClass::getName)
            .distinct()
            .toList();
    boolean isNeeded =
        users.stream().anyMatch(user -> !user.getPackageName().equals(type.getPackageName()))
            || holdsConstants(type);
    events.add(
        new SimpleConditionEvent(
            type,
            outside.isEmpty() && isNeeded,
            isNeeded
                ? "%s is used outside its adapter by %s".formatted(type.getName(), outside)
                : "%s is public, but no other package uses it".formatted(type.getName())));
  }

  private static boolean holdsConstants(JavaClass type) {
    return type.getFields().stream()
        .anyMatch(
            field ->
                field.getModifiers().containsAll(CONSTANT)
                    && (field.getRawType().isPrimitive()
                        || field.getRawType().isEquivalentTo(String.class)));
  }

  /// Returns the package name of an adapter; empty for other classes.
  private String adapterOf(JavaClass type) {
    String name = type.getPackageName();
    if (!name.startsWith(adapters)) {
      return "";
    }
    String below = name.substring(adapters.length());
    int end = below.indexOf('.');
    return end < 0 ? below : below.substring(0, end);
  }
}
