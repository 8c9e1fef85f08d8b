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

/// What the inside may not reach for by itself: frameworks, time, chance, threads.
final class PurityRules {

  private static final String CONSTRUCTOR = "<init>";

  private PurityRules() {}

  /// The domain needs the core of the JDK and nothing else.
  ///
  /// `java.util.random` is there for `RandomGenerator`, which is how chance is handed in.
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
        .because("rules that read files or keep locks cannot be tried by calling them");
  }

  /// The application adds concurrency to what the domain needs, and no I/O.
  ///
  /// `java.security` is there for `MessageDigest`; its randomness is chance, which is handed in.
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
            "everything outside is reached through a port, so that every storage can serve it");
  }

  /// Time, ids and chance are handed in, and nobody sleeps.
  ///
  /// Method references count like calls: `Instant::now` as a supplier is the usual way round.
  static ArchRule timeAndChanceAreInjected(String root) {
    return noClasses()
        .that()
        .resideInAnyPackage(root + ".domain..", root + ".application..")
        .should()
        .accessTargetWhere(readsTime().or(rollsDice()).or(uses(Thread.class, "sleep")))
        .because("a test must be able to move the clock and to repeat the dice");
  }

  /// Threads are made by the work engine, by the server and by the console's poller.
  static ArchRule threadsAreMadeInOnePlace(String root) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(
            root + ".application.work..", root + ".server..", root + ".admin.poll..")
        .should()
        .accessTargetWhere(makesThreads())
        .because("a thread that nobody knows of is not stopped on drain and not counted as work");
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

  /// Subclasses count too: a class of our own that extends Thread is a thread all the same.
  private static DescribedPredicate<JavaAccess<?>> constructs(Class<?> type) {
    return DescribedPredicate.describe(
        "new " + type.getSimpleName(),
        access ->
            access.getTargetOwner().isAssignableTo(type) && access.getName().equals(CONSTRUCTOR));
  }
}
