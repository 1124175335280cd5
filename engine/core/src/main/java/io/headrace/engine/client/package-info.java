/** Jobs come in: they are encoded, gathered into flushes, watched, and operated on. */
@NullMarked
package io.headrace.engine.client;

import org.jspecify.annotations.NullMarked;
