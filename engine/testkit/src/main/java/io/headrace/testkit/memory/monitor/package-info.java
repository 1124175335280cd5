/** Shows what is going on: depths, rates, and the starts and ends of engines. */
@NullMarked
package io.headrace.testkit.memory.monitor;

import org.jspecify.annotations.NullMarked;
