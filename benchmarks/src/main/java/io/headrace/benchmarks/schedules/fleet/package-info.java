/** What runs in the engine processes of the scenario {@code schedules}: engines that all declare the same schedules. */
@NullMarked
package io.headrace.benchmarks.schedules.fleet;

import org.jspecify.annotations.NullMarked;
