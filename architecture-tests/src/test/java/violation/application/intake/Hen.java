package violation.application.intake;

import violation.application.operate.Egg;

/// One half of a cycle of packages.
public record Hen(Egg egg) {}
