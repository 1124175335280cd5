/** Signals: what a job waits for, and what became of a signal. */
@NullMarked
package io.headrace.signal;

import org.jspecify.annotations.NullMarked;
