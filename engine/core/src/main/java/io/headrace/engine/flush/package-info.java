/** Batches items: those that arrive while one statement is in flight go together into the next. */
@NullMarked
package io.headrace.engine.flush;

import org.jspecify.annotations.NullMarked;
