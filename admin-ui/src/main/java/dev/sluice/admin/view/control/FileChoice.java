package dev.sluice.admin.view.control;

import java.nio.file.Path;
import java.util.Optional;

/// Asks the user for a file. An interface, because not every platform has a file dialog.
public interface FileChoice {

  /// Asks for a file to write to.
  ///
  /// @param name suggested file name
  Optional<Path> toSave(String name);
}
