/** Lists jobs at a bounded cost. Internal. */
@NullMarked
package io.headrace.postgres.list;

import org.jspecify.annotations.NullMarked;
