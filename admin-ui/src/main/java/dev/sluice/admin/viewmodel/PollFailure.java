package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.Fault;
import java.time.Instant;
import java.util.Optional;

/// Why there is no newer answer.
///
/// @param since when it began
/// @param next when it is asked again; empty when it is not
public record PollFailure(Fault fault, Instant since, Optional<Instant> next) {}
