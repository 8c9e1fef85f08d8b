package dev.sluice.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// The compiled tests of all modules.
///
/// Tests are not in any module's jar, so they are read from the build directories beside this one.
/// These are found relative to this class, because the working directory differs between IDEs.
final class TestClasses {

  private static final JavaClasses ALL = read();

  private TestClasses() {}

  /// Returns the tests of every module that has been built, including this one.
  static JavaClasses ofAllModules() {
    return ALL;
  }

  /// Returns the location of this module's own tests.
  static Path ofThisModule() {
    try {
      return Path.of(TestClasses.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("Class path entry is no file: " + e.getInput(), e);
    }
  }

  private static JavaClasses read() {
    Path own = ofThisModule();
    Path module = own.resolve("../..").normalize();
    try (Stream<Path> modules = Files.list(module.resolve("..").normalize())) {
      return new ClassFileImporter()
          .importPaths(
              modules
                  .map(other -> other.resolve(module.relativize(own)))
                  .filter(Files::isDirectory)
                  .toList());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list the modules beside " + module, e);
    }
  }
}
