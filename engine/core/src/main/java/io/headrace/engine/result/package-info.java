/** Waits for the ends of jobs and their results. Internal. */
@NullMarked
package io.headrace.engine.result;

import org.jspecify.annotations.NullMarked;
