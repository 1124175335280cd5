/** Shows what is going on: depths and rates from samples, and the starts and ends of engines. */
@NullMarked
package io.headrace.postgres.monitor;

import org.jspecify.annotations.NullMarked;
