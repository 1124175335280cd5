/** How jobs ended, and who waits for that. Internal: reached by {@link io.headrace.testkit.InMemoryJobStore} alone. */
@NullMarked
package io.headrace.testkit.memory.result;

import org.jspecify.annotations.NullMarked;
