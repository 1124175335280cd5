package io.headrace.testkit.memory.places;

/** What at most one live job has. */
public record UniqueKey(String kind, String key) {}
