/**
 * What goes on where a plain job ends. Each trial adds metrics of its own;
 * {@link io.headrace.benchmarks.goeson.GoesOnTrials} lists them.
 */
@NullMarked
package io.headrace.benchmarks.goeson;

import org.jspecify.annotations.NullMarked;
