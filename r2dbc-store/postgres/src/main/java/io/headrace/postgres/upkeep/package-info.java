/** What goes on beside the jobs: workers and their heartbeats, sweeps, prunes, segments, the schema's version. Internal. */
@NullMarked
package io.headrace.postgres.upkeep;

import org.jspecify.annotations.NullMarked;
