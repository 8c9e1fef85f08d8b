package dev.sluice.server.config;

/// A value and its origin.
///
/// @param text the value as given, without surrounding white space
/// @param origin such as `default`, `environment` or the name of the file
public record Setting(String text, String origin) {}
