/** Turns outcomes into verdicts, and records verdicts and progress in the store. */
@NullMarked
package io.headrace.engine.settle;

import org.jspecify.annotations.NullMarked;
