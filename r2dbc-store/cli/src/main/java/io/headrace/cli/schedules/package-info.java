/** The commands about schedules. */
@NullMarked
package io.headrace.cli.schedules;

import org.jspecify.annotations.NullMarked;
