/** Transactions in which jobs are completed. Internal: reached by {@link io.headrace.testkit.InMemoryJobStore} alone. */
@NullMarked
package io.headrace.testkit.memory.complete;

import org.jspecify.annotations.NullMarked;
