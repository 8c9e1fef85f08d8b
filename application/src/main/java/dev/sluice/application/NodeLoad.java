package dev.sluice.application;

/// The load of this node.
///
/// @param inFlight deliveries in progress
/// @param slots maximum number of deliveries in progress; 0 where the role has no workers
/// @param backlogFullness the part of `MAX_BACKLOG` that is in use, from 0 to 1
/// @param changesNotShared approximate number of changes that other nodes wanted and did not get
public record NodeLoad(int inFlight, int slots, double backlogFullness, long changesNotShared) {}
