package dev.sluice.architecture;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// All rules for product classes, with the texts that a failure must contain when the rule runs on
/// the seeded violations.
///
/// Every rule has a seed: a rule that names a missing package passes forever, and only a violation
/// that it must find proves that it can fail.
// Error Prone cannot see from the types that the method reference and the list are immutable.
@SuppressWarnings("ImmutableEnumChecker")
enum Rule {
  LAYERS_POINT_INWARD(
      LayerRules::layersPointInward,
      "domain.delivery.KnowsUseCase",
      "application.intake.KnowsAdapter",
      "application.intake.KnowsFormat",
      "format.KnowsAdapter",
      "adapter.memory.KnowsServer",
      "server.KnowsConsole",
      "admin.KnowsDomain",
      "unplaced.InNoLayer"),
  CONSOLE_SPEAKS_ONLY_HTTP(LayerRules::consoleSpeaksOnlyHttp, "admin.KnowsDomain"),
  ADAPTERS_DO_NOT_KNOW_EACH_OTHER(
      LayerRules::adaptersDoNotKnowEachOther, "adapter.memory.KnowsBroker"),
  PACKAGES_HAVE_NO_CYCLES(
      LayerRules::packagesHaveNoCycles, "application.intake.Hen", "application.operate.Egg"),

  DOMAIN_IS_PURE(PurityRules::domainIsPure, "domain.delivery.ReadsFiles"),
  APPLICATION_IS_PLAIN(PurityRules::applicationIsPlain, "application.operate.ReadsFiles"),
  TIME_AND_CHANCE_ARE_INJECTED(
      PurityRules::timeAndChanceAreInjected,
      "domain.delivery.AsksForTime",
      "Instant.now()",
      "LocalDate.now(",
      "Clock.systemUTC()",
      "InstantSource.system()",
      "System.currentTimeMillis()",
      "System.nanoTime()",
      "Thread.sleep(",
      "application.operate.RollsDice",
      "UUID.randomUUID()",
      "Math.random()",
      "ThreadLocalRandom.current()",
      "RandomGenerator.getDefault()",
      "java.util.Random.<init>()",
      "SplittableRandom.<init>()",
      "SecureRandom.<init>()"),
  THREADS_ARE_MADE_IN_ONE_PLACE(
      PurityRules::threadsAreMadeInOnePlace,
      "application.operate.MakesThreads",
      "application.operate.MakesThreads$OwnThread",
      "Thread.ofVirtual()",
      "Thread.ofPlatform()",
      "Thread.startVirtualThread(",
      "java.lang.Thread.<init>(",
      "Executors.newVirtualThreadPerTaskExecutor()",
      "ForkJoinPool.<init>()",
      "Timer.<init>()"),

  TECHNOLOGIES_STAY_AT_HOME(
      TechnologyRules::technologiesStayAtHome,
      "adapter.memory.QueriesTables",
      "adapter.memory.SendsRequests"),
  VIEW_MODELS_KNOW_NO_SCENE_GRAPH(
      TechnologyRules::viewModelsKnowNoSceneGraph, "admin.viewmodel.HoldsControl"),

  PORT_PACKAGE_HOLDS_PROMISES(
      PortRules::portPackageHoldsPromises, "domain.port.Behaviour", "domain.port.StrangeException"),
  PORTS_HAVE_NO_DEFAULT_METHODS(
      PortRules::portsHaveNoDefaultMethods,
      "domain.port.EventStore.purge()",
      "domain.schedule.ScheduleStore.count()"),
  IMPLEMENTATIONS_KEEP_THEIR_CONTRACT(
      PortRules::implementationsKeepTheirContract,
      "adapter.memory.UntestedEventStore",
      "adapter.memory.UntestedScheduleStore"),

  ADAPTERS_HIDE_THEIR_INSIDES(
      ShapeRules::adaptersHideTheirInsides,
      "adapter.memory.ShownLedger",
      "adapter.broker.codec.LeakedCodec is used outside its adapter",
      "adapter.broker.codec.LonelyCodec is public, but no other package uses it"),
  ADAPTERS_ARE_MOSTLY_HIDDEN(
      ShapeRules::adaptersAreMostlyHidden,
      "top-level types are package-private",
      "adapter.memory.ShownLedger"),
  MANY_TYPES_ARE_HIDDEN(
      ShapeRules::manyTypesAreHidden, "top-level types are package-private", "server.EventUtils"),
  PACKAGES_ARE_SMALL(ShapeRules::packagesAreSmall, "package violation.crowded has 46 files"),
  CONSTRUCTORS_TAKE_FEW_PARAMETERS(
      ShapeRules::constructorsTakeFewParameters, "server.EightParameters"),
  PACKAGES_ARE_NULL_MARKED(ShapeRules::packagesAreNullMarked, "server.unmarked.InUnmarkedPackage"),
  DOMAIN_VALUES_ARE_IMMUTABLE(
      ShapeRules::domainValuesAreImmutable,
      "domain.event.NoRecord",
      "domain.delivery.Changeable.count"),
  NAMES_ARE_NOT_VAGUE(ShapeRules::namesAreNotVague, "server.EventUtils", "server.AbstractEvent"),
  EXCEPTIONS_SAY_THAT_THEY_ARE(ShapeRules::exceptionsSayThatTheyAre, "server.Mishap"),
  ONLY_ADAPTERS_BREAK_PORTS(ShapeRules::onlyAdaptersBreakPorts, "server.ServerBrokePortException"),

  ONLY_SERVER_WRITES_TO_THE_TERMINAL(
      HygieneRules::onlyServerWritesToTheTerminal, "adapter.memory.PrintsLines"),
  ONLY_SERVER_KNOWS_JAVA_UTIL_LOGGING(
      HygieneRules::onlyServerKnowsJavaUtilLogging, "adapter.memory.LogsPastServer"),
  EXCEPTIONS_ARE_SPECIFIC(HygieneRules::exceptionsAreSpecific, "adapter.memory.ThrowsAnything"),
  FIELDS_ARE_NOT_INJECTED(HygieneRules::fieldsAreNotInjected, "server.InjectedField"),
  OLD_DATES_ARE_NOT_USED(HygieneRules::oldDatesAreNotUsed, "adapter.memory.KeepsOldDates");

  private final Function<String, ArchRule> of;
  private final List<String> seeds;

  Rule(Function<String, ArchRule> of, String seed, String... more) {
    this.of = of;
    this.seeds = Stream.concat(Stream.of(seed), Stream.of(more)).toList();
  }

  /// Returns the rule for the packages below `root`.
  ArchRule of(String root) {
    return of.apply(root);
  }

  /// Returns names of seeded classes without their root, and calls that occur in one of them.
  List<String> seeds() {
    return seeds;
  }
}
