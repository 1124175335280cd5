/** How jobs come into the store in memory. Internal: reached by {@link io.headrace.testkit.InMemoryJobStore} alone. */
@NullMarked
package io.headrace.testkit.memory.enqueue;

import org.jspecify.annotations.NullMarked;
