package dev.sluice.admin.view.control;

import java.nio.file.Path;
import java.util.Optional;

/// Asks the user for a file. An interface, because there are platforms without such a window.
public interface FileChoice {

  /// A file to write to.
  ///
  /// @param name that is proposed
  Optional<Path> toSave(String name);
}
