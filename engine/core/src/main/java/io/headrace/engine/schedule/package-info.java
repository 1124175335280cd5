/** Fires schedules, declares those of the engine, and operates them. */
@NullMarked
package io.headrace.engine.schedule;

import org.jspecify.annotations.NullMarked;
