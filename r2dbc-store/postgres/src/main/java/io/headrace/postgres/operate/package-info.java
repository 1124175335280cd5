/** Reads and decisions of operators. Internal. */
@NullMarked
package io.headrace.postgres.operate;

import org.jspecify.annotations.NullMarked;
