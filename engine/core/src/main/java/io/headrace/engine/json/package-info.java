/** Writes JSON that the store accepts. */
@NullMarked
package io.headrace.engine.json;

import org.jspecify.annotations.NullMarked;
