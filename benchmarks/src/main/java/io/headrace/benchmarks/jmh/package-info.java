/**
 * What is pure CPU, by JMH, with what it allocates. Benchmarks of package-private classes stand in the packages of these:
 * {@code io.headrace.engine} and {@code io.headrace.postgres}.
 */
@NullMarked
package io.headrace.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
