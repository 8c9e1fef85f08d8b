package dev.sluice.server.config;

/// A value and where it came from.
///
/// @param text as it was written
/// @param origin such as `default`, `environment` or the name of the file
public record Setting(String text, String origin) {}
