package dev.sluice.adapter.http;

/// What is wrong with one part of a request.
///
/// @param pointer where: a JSON Pointer (RFC 6901) into the body, or the name of a header or query
///   parameter
/// @param detail what is wrong there
record FieldProblem(String pointer, String detail) {}
