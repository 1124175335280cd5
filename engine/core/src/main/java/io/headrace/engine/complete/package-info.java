/** Completes jobs and records steps in transactions of their handlers, and finds out what became of those. */
@NullMarked
package io.headrace.engine.complete;

import org.jspecify.annotations.NullMarked;
