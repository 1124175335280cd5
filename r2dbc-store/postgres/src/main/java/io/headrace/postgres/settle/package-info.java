/** Records outcomes and progress, with one statement per flush, as sets of ids. Internal. */
@NullMarked
package io.headrace.postgres.settle;

import org.jspecify.annotations.NullMarked;
