/** Records what steps of jobs returned, and reads it. Internal. */
@NullMarked
package io.headrace.postgres.step;

import org.jspecify.annotations.NullMarked;
