/** The command that shows the queues as they move. */
@NullMarked
package io.headrace.cli.live;

import org.jspecify.annotations.NullMarked;
