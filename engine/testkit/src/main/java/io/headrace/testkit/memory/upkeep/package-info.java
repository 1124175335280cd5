/** Workers, their heartbeats, and the sweep of those that fell silent. Internal: reached by {@link io.headrace.testkit.InMemoryJobStore} alone. */
@NullMarked
package io.headrace.testkit.memory.upkeep;

import org.jspecify.annotations.NullMarked;
