/** Writes and reads the values that are kept beside payloads, and undoes their transforms. */
@NullMarked
package io.headrace.engine.value;

import org.jspecify.annotations.NullMarked;
