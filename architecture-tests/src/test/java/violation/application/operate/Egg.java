package violation.application.operate;

import violation.application.intake.Hen;

/// The other half of a cycle of packages.
public record Egg(Hen hen) {}
