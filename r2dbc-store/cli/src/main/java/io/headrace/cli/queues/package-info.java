/** The commands about queues. */
@NullMarked
package io.headrace.cli.queues;

import org.jspecify.annotations.NullMarked;
