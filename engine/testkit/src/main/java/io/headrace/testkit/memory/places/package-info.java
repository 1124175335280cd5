/** What the store in memory holds: every job in its place, the workers, and the one lock over all of it. Internal: reached by {@link io.headrace.testkit.InMemoryJobStore} alone. */
@NullMarked
package io.headrace.testkit.memory.places;

import org.jspecify.annotations.NullMarked;
