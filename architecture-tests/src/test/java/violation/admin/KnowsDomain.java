package violation.admin;

import violation.domain.event.NoRecord;

/// The console shares a class with the server.
public record KnowsDomain(NoRecord shared) {}
