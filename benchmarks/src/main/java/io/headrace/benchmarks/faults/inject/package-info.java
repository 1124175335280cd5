/** The faults, one class a sort; {@link io.headrace.benchmarks.faults.inject.FaultSorts} lists them. */
@NullMarked
package io.headrace.benchmarks.faults.inject;

import org.jspecify.annotations.NullMarked;
