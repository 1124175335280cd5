/** Stands before every request: who sends it, and whether it is their own. */
@NullMarked
package io.headrace.console.guard;

import org.jspecify.annotations.NullMarked;
