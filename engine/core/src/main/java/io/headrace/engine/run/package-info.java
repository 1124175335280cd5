/**
 * Runs an attempt: decodes the job, calls the handler on a suitable thread, enforces the timeout, cancels it if
 * necessary, and ends it exactly once.
 */
@NullMarked
package io.headrace.engine.run;

import org.jspecify.annotations.NullMarked;
