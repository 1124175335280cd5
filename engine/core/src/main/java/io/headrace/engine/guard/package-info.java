/**
 * Contains thrown errors: turns them into signals or into text that can be stored, or fails the engine with the cause.
 */
@NullMarked
package io.headrace.engine.guard;

import org.jspecify.annotations.NullMarked;
