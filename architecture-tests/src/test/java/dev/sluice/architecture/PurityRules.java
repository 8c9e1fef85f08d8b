package dev.sluice.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.lang.ArchRule;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.Timer;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/// What domain and application must not access directly: frameworks, time, randomness, threads.
final class PurityRules {

  private static final String CONSTRUCTOR = "<init>";

  private PurityRules() {}

  /// The domain depends only on the core of the JDK.
  ///
  /// `java.util.random` is allowed for `RandomGenerator`, through which randomness is injected.
  static ArchRule domainIsPure(String root) {
    return classes()
        .that()
        .resideInAPackage(root + ".domain..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            root + ".domain..",
            "java.lang..",
            "java.util",
            "java.util.function",
            "java.util.random",
            "java.util.stream",
            "java.time..",
            "org.jspecify..")
        .because("rules that read files or hold locks cannot be tested by calling them");
  }

  /// The application adds concurrency to what the domain may use, and no I/O.
  ///
  /// `java.security` is allowed for `MessageDigest`; its random generators are not, because
  /// randomness is injected.
  static ArchRule applicationIsPlain(String root) {
    return classes()
        .that()
        .resideInAPackage(root + ".application..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            root + ".application..",
            root + ".domain..",
            "java.lang..",
            "java.security",
            "java.util",
            "java.util.concurrent..",
            "java.util.function",
            "java.util.random",
            "java.util.stream",
            "java.time..",
            "org.jspecify..")
        .because(
            "everything outside is accessed through a port, so that any storage can implement it");
  }

  /// Time, ids and randomness are injected, and no code sleeps.
  ///
  /// Method references count like calls: `Instant::now` as a supplier is the usual way around such
  /// a rule.
  static ArchRule timeAndChanceAreInjected(String root) {
    return noClasses()
        .that()
        .resideInAnyPackage(root + ".domain..", root + ".application..")
        .should()
        .accessTargetWhere(readsTime().or(rollsDice()).or(uses(Thread.class, "sleep")))
        .because("a test must be able to set the clock and to repeat random numbers");
  }

  /// Only the work engine, the server and the console's poller create threads.
  static ArchRule threadsAreMadeInOnePlace(String root) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(
            root + ".application.work..", root + ".server..", root + ".admin.poll..")
        .should()
        .accessTargetWhere(makesThreads())
        .because("a thread created elsewhere is not stopped on drain and not counted as work");
  }

  private static DescribedPredicate<JavaAccess<?>> readsTime() {
    DescribedPredicate<JavaAccess<?>> now =
        DescribedPredicate.describe(
            "java.time.*.now",
            access ->
                access.getTargetOwner().getPackageName().equals("java.time")
                    && access.getName().equals("now"));
    return now.or(uses(Clock.class, "system.*|tick.*"))
        .or(uses(InstantSource.class, "system|tick"))
        .or(uses(System.class, "currentTimeMillis|nanoTime"));
  }

  private static DescribedPredicate<JavaAccess<?>> rollsDice() {
    return uses(UUID.class, "randomUUID")
        .or(uses(Math.class, "random"))
        .or(uses(StrictMath.class, "random"))
        .or(uses(ThreadLocalRandom.class, "current"))
        .or(uses(RandomGenerator.class, "of|getDefault"))
        .or(uses(Random.class, CONSTRUCTOR))
        .or(uses(SplittableRandom.class, CONSTRUCTOR))
        .or(uses(SecureRandom.class, CONSTRUCTOR + "|getInstance.*"));
  }

  private static DescribedPredicate<JavaAccess<?>> makesThreads() {
    return uses(Thread.class, "ofVirtual|ofPlatform|startVirtualThread")
        .or(uses(Executors.class, ".*"))
        .or(constructs(Thread.class))
        .or(constructs(ExecutorService.class))
        .or(constructs(Timer.class));
  }

  private static DescribedPredicate<JavaAccess<?>> uses(Class<?> owner, String names) {
    return DescribedPredicate.describe(
        owner.getSimpleName() + '.' + names,
        access -> access.getTargetOwner().isEquivalentTo(owner) && access.getName().matches(names));
  }

  /// Subclasses count too: an own class that extends Thread is a thread all the same.
  private static DescribedPredicate<JavaAccess<?>> constructs(Class<?> type) {
    return DescribedPredicate.describe(
        "new " + type.getSimpleName(),
        access ->
            access.getTargetOwner().isAssignableTo(type) && access.getName().equals(CONSTRUCTOR));
  }
}
