/** Schedules, and the fires that enqueue their jobs. Internal: reached by {@link io.headrace.testkit.InMemoryJobStore} alone. */
@NullMarked
package io.headrace.testkit.memory.schedule;

import org.jspecify.annotations.NullMarked;
