package io.headrace.testkit;

/** What at most one live job has. */
record UniqueKey(String kind, String key) {}
