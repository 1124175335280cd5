/** How outcomes and progress are recorded: one statement for each flush, as sets of ids. Internal. */
@NullMarked
package io.headrace.postgres.settle;

import org.jspecify.annotations.NullMarked;
