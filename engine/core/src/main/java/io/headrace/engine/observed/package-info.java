/** A store whose every call is guarded and told of, and the one line that says that it is away. */
@NullMarked
package io.headrace.engine.observed;

import org.jspecify.annotations.NullMarked;
