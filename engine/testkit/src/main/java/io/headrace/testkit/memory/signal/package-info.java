/** Keeps signals, and wakes the jobs that wait for them. */
@NullMarked
package io.headrace.testkit.memory.signal;

import org.jspecify.annotations.NullMarked;
