/** Keeps signals, and wakes the jobs that wait for them. */
@NullMarked
package io.headrace.postgres.signal;

import org.jspecify.annotations.NullMarked;
