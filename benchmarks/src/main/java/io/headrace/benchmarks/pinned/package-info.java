/** The scenario {@code pinned-horizon}: an old transaction keeps the dead rows. */
@NullMarked
package io.headrace.benchmarks.pinned;

import org.jspecify.annotations.NullMarked;
