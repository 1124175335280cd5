/** The scenario {@code memory}: many times the heap waits as payloads. */
@NullMarked
package io.headrace.benchmarks.memory;

import org.jspecify.annotations.NullMarked;
