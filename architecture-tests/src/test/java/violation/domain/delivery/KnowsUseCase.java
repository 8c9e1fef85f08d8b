package violation.domain.delivery;

import violation.application.intake.Hen;

/// The domain looks outward.
public record KnowsUseCase(Hen useCase) {}
