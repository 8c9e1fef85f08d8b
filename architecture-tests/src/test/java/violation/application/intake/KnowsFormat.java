package violation.application.intake;

import violation.format.KnowsAdapter;

/// A use case depends on the format of events.
public record KnowsFormat(KnowsAdapter format) {}
