/** The scenario {@code faults}: {@link io.headrace.benchmarks.faults.FaultsScenario} says what it does. */
@NullMarked
package io.headrace.benchmarks.faults;

import org.jspecify.annotations.NullMarked;
