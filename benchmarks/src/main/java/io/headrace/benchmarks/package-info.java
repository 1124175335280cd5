/**
 * Scenarios that show the engine under faults and under load. {@link io.headrace.benchmarks.Benchmarks} is where it
 * begins; each scenario has a package of its own.
 */
@NullMarked
package io.headrace.benchmarks;

import org.jspecify.annotations.NullMarked;
