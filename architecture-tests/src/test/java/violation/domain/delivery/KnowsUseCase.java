package violation.domain.delivery;

import violation.application.intake.Hen;

/// The domain depends on the application.
public record KnowsUseCase(Hen useCase) {}
