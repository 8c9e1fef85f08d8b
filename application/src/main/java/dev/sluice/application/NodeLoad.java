package dev.sluice.application;

/// How busy this node is.
///
/// @param inFlight deliveries in progress
/// @param slots the most deliveries that may be in progress at once; 0 where the role has no workers
/// @param backlogFullness the share of `MAX_BACKLOG` that is used, from 0 to 1
/// @param changesNotShared about how many changes other nodes asked for and did not get
public record NodeLoad(int inFlight, int slots, double backlogFullness, long changesNotShared) {}
