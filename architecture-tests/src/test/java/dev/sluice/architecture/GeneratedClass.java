package dev.sluice.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.Annotation;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;

/// A class for a rule, such as one that depends on a library that is not on this module's class
/// path. A rule sees only names, so a class file with these names is enough.
record GeneratedClass(String name) {

  private static final String FIELD = "dependency";

  /// Writes the class into `directory`.
  void write(Path directory) {
    write(directory, ClassFile.of().build(ClassDesc.of(name), _ -> {}));
  }

  /// Writes the class into `directory`, with a field of type `used`.
  void writeWithField(Path directory, String used) {
    write(
        directory,
        ClassFile.of()
            .build(
                ClassDesc.of(name),
                type -> type.withField(FIELD, ClassDesc.of(used), ClassFile.ACC_FINAL)));
  }

  /// Writes the class into `directory`, with a field that has an annotation of type `used`.
  void writeWithAnnotation(Path directory, String used) {
    var annotations = RuntimeVisibleAnnotationsAttribute.of(Annotation.of(ClassDesc.of(used)));
    write(
        directory,
        ClassFile.of()
            .build(
                ClassDesc.of(name),
                type ->
                    type.withField(
                        FIELD,
                        ClassDesc.of("java.lang.Object"),
                        field -> field.with(annotations))));
  }

  private void write(Path directory, byte[] bytes) {
    try {
      Files.write(directory.resolve(name + ".class"), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write the class " + name, e);
    }
  }
}
