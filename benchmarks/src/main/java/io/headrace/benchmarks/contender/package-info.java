/** What a queue must be able to do to be compared, in this process or in one of its own. */
@NullMarked
package io.headrace.benchmarks.contender;

import org.jspecify.annotations.NullMarked;
