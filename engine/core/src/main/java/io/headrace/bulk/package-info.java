/**
 * Bulk operations: decisions about many jobs that are carried out in the background, survive the process that began them,
 * can be stopped, and answer exactly. {@link io.headrace.bulk.BulkOperator} starts them.
 */
@NullMarked
package io.headrace.bulk;

import org.jspecify.annotations.NullMarked;
