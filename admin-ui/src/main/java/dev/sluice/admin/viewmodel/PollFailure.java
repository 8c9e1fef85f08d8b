package dev.sluice.admin.viewmodel;

import dev.sluice.admin.api.Fault;
import java.time.Instant;
import java.util.Optional;

/// Why a polled value could not be read.
///
/// @param since time of the first failure
/// @param next time of the next request; empty if there is none
public record PollFailure(Fault fault, Instant since, Optional<Instant> next) {}
