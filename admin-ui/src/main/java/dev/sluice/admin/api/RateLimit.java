package dev.sluice.admin.api;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// How many attempts of a subscription may begin, on all nodes together.
///
/// @param burst how many may begin at once after an idle period
public record RateLimit(@Nullable BigDecimal perSecond, @Nullable Long burst) {}
