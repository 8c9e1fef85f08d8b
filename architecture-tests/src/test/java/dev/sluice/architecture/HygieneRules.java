package dev.sluice.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.BE_ANNOTATED_WITH_AN_INJECTION_ANNOTATION;
import static com.tngtech.archunit.library.GeneralCodingRules.THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.GeneralCodingRules.USE_JAVA_UTIL_LOGGING;

import com.tngtech.archunit.lang.ArchRule;

/// Habits that no part of the product takes up, and tests that are not switched off.
final class HygieneRules {

  private HygieneRules() {}

  /// Only the server, which owns the terminal, writes to it.
  static ArchRule onlyServerWritesToTheTerminal(String root) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(root + ".server..")
        .should(ACCESS_STANDARD_STREAMS)
        .because("a line beside the log has no time, no level and breaks the JSON format");
  }

  /// Only the server, which bridges it, knows java.util.logging.
  static ArchRule onlyServerKnowsJavaUtilLogging(String root) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(root + ".server..")
        .should(USE_JAVA_UTIL_LOGGING)
        .because("System.Logger goes wherever the server sends it");
  }

  /// Nobody throws Exception, RuntimeException or Throwable as such.
  static ArchRule exceptionsAreSpecific(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .should(THROW_GENERIC_EXCEPTIONS)
        .because("what is thrown as anything can only be caught as anything");
  }

  /// What a class needs comes through its constructor.
  static ArchRule fieldsAreNotInjected(String root) {
    return noFields()
        .that()
        .areDeclaredInClassesThat()
        .resideInAPackage(root + "..")
        .should(BE_ANNOTATED_WITH_AN_INJECTION_ANNOTATION)
        .because("wiring is Java code in the server that a reader can follow");
  }

  /// Time is java.time.
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
        .because("a java.util.Date can be changed by whoever gets it and prints in a local zone");
  }

  /// No test is switched off.
  static ArchRule noTestIsSkipped(String root) {
    return classes()
        .that()
        .resideInAPackage(root + "..")
        .should(new NotBeDisabled())
        .because("a skipped test looks like a passed one from afar");
  }
}
