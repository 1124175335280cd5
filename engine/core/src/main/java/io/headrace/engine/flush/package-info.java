/** What comes while one statement is on its way leaves together in the next. */
@NullMarked
package io.headrace.engine.flush;

import org.jspecify.annotations.NullMarked;
