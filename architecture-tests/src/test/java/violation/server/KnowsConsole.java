package violation.server;

import violation.admin.KnowsDomain;

/// The server knows the console.
public record KnowsConsole(KnowsDomain console) {}
