/** The store's own statements over plain connections: what the work costs without the engine. */
@NullMarked
package io.headrace.benchmarks.floor;

import org.jspecify.annotations.NullMarked;
