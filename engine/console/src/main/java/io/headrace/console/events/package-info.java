/** Live events: one stream for each connection, and one source for all of them. */
@NullMarked
package io.headrace.console.events;

import org.jspecify.annotations.NullMarked;
