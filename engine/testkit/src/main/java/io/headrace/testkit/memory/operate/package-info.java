/** What people see and decide, and the audit. Internal: reached by {@link io.headrace.testkit.InMemoryJobStore} alone. */
@NullMarked
package io.headrace.testkit.memory.operate;

import org.jspecify.annotations.NullMarked;
