package dev.sluice.adapter.webhook;

import java.time.Duration;
import java.util.Optional;

/// How long the parts of a request took. A part that did not happen, such as connecting when a
/// connection was reused, or that did not end is empty.
///
/// @param resolve from the lookup of the name to its addresses
/// @param connect until the socket was connected; of several addresses, that which answered
/// @param tls the TLS handshake
/// @param firstByte from the start of the attempt until the head of the response was read
/// @param total from the start of the attempt to its end
record SendTimes(
    Optional<Duration> resolve,
    Optional<Duration> connect,
    Optional<Duration> tls,
    Optional<Duration> firstByte,
    Duration total) {}
