package dev.sluice.domain.port;

/// All ports of one storage, as the application needs them.
///
/// @param storage events and their deliveries
/// @param pauses what is paused
/// @param nodes the processes that share the storage
/// @param changes carries changes between them
/// @param activity what operators did
/// @param keys the keys of callers
/// @param series the history of figures
public record StoragePorts(
    Storage storage,
    PauseStore pauses,
    NodeRegistry nodes,
    ChangeFeed changes,
    ActivityLog activity,
    KeyStore keys,
    SeriesStore series) {}
