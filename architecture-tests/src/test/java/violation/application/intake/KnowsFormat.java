package violation.application.intake;

import violation.format.KnowsAdapter;

/// A use case depends on how events are written down.
public record KnowsFormat(KnowsAdapter format) {}
