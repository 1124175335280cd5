/** Bulk operations. Internal. */
@NullMarked
package io.headrace.postgres.bulk;

import org.jspecify.annotations.NullMarked;
