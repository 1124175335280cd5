package io.headrace.testkit.memory.places;

/** A key within a kind: one that at most one live job has, or that of a throttle. */
public record UniqueKey(String kind, String key) {}
