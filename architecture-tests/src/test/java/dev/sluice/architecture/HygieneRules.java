package dev.sluice.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.BE_ANNOTATED_WITH_AN_INJECTION_ANNOTATION;
import static com.tngtech.archunit.library.GeneralCodingRules.THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.GeneralCodingRules.USE_JAVA_UTIL_LOGGING;

import com.tngtech.archunit.lang.ArchRule;

/// Practices that no part of the product may use, and tests that are disabled.
final class HygieneRules {

  private HygieneRules() {}

  /// Only the server, which owns the terminal, writes to it.
  static ArchRule onlyServerWritesToTheTerminal(String root) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(root + ".server..")
        .should(ACCESS_STANDARD_STREAMS)
        .because("a line outside the log has no time and no level, and breaks the JSON format");
  }

  /// Only the server, which bridges it, uses java.util.logging.
  static ArchRule onlyServerKnowsJavaUtilLogging(String root) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(root + ".server..")
        .should(USE_JAVA_UTIL_LOGGING)
        .because("the server decides where the output of System.Logger goes");
  }

  /// No class throws Exception, RuntimeException or Throwable itself.
  static ArchRule exceptionsAreSpecific(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .should(THROW_GENERIC_EXCEPTIONS)
        .because("a caller can only catch such an exception together with all others");
  }

  /// A class gets its dependencies through its constructor.
  static ArchRule fieldsAreNotInjected(String root) {
    return noFields()
        .that()
        .areDeclaredInClassesThat()
        .resideInAPackage(root + "..")
        .should(BE_ANNOTATED_WITH_AN_INJECTION_ANNOTATION)
        .because("wiring is Java code in the server that a reader can follow");
  }

  /// Time values use java.time.
  static ArchRule oldDatesAreNotUsed(String root) {
    String old =
        "java\\.util\\.(Date|Calendar|GregorianCalendar|TimeZone)"
            + "|java\\.text\\.(Simple)?DateFormat"
            + "|java\\.sql\\.(Date|Time|Timestamp)";
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .should()
        .dependOnClassesThat()
        .haveNameMatching(old)
        .because("a java.util.Date is mutable and prints in the local time zone");
  }

  /// No test is disabled.
  static ArchRule noTestIsSkipped(String root) {
    return classes()
        .that()
        .resideInAPackage(root + "..")
        .should(new NotBeDisabled())
        .because("a skipped test is easily mistaken for a passed one");
  }
}
