/** Upkeep: workers and their heartbeats, sweeps, prunes, segments, the version of the schema. Internal. */
@NullMarked
package io.headrace.postgres.upkeep;

import org.jspecify.annotations.NullMarked;
