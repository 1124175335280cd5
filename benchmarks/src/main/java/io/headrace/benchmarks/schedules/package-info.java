/** The scenario {@code schedules}: fires that are neither missed nor doubled, how late they are, and what they cost. */
@NullMarked
package io.headrace.benchmarks.schedules;

import org.jspecify.annotations.NullMarked;
