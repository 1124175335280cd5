/**
 * The operator's HTTP API and the pages on it: what {@link io.headrace.JobOperator} shows and decides, in a browser. Runs in a
 * WebFlux application under any path, or alone.
 */
@NullMarked
package io.headrace.console;

import org.jspecify.annotations.NullMarked;
