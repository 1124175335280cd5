/** Records what steps of jobs returned. Internal. */
@NullMarked
package io.headrace.testkit.memory.step;

import org.jspecify.annotations.NullMarked;
