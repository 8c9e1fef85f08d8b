package violation.domain.delivery;

import java.nio.file.Path;

/// The domain does I/O.
public record ReadsFiles(Path file) {}
