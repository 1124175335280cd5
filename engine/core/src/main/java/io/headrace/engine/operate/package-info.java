/** The desk: checks what an actor may do, logs what is decided, and asks the store. */
@NullMarked
package io.headrace.engine.operate;

import org.jspecify.annotations.NullMarked;
