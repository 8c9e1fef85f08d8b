package violation.application.operate;

import java.nio.file.Path;

/// The application does I/O.
public record ReadsFiles(Path file) {}
