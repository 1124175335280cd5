/** Many tombstones: retrying them and forgetting them beside an engine that works. */
@NullMarked
package io.headrace.benchmarks.tombstones;

import org.jspecify.annotations.NullMarked;
