/** Keeps schedules and fires them. Internal. */
@NullMarked
package io.headrace.postgres.schedule;

import org.jspecify.annotations.NullMarked;
