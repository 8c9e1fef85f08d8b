package violation.server;

import violation.admin.KnowsDomain;

/// The server depends on the console.
public record KnowsConsole(KnowsDomain console) {}
