/** Lists jobs, in memory. Internal. */
@NullMarked
package io.headrace.testkit.memory.list;

import org.jspecify.annotations.NullMarked;
