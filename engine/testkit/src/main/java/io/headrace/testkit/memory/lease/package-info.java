/** Claims, and what becomes of what was claimed. Internal: reached by {@link io.headrace.testkit.InMemoryJobStore} alone. */
@NullMarked
package io.headrace.testkit.memory.lease;

import org.jspecify.annotations.NullMarked;
