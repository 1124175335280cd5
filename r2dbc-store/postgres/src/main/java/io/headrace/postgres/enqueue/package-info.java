/** How jobs come in: in blocks, as one pending set for each group of alike jobs, in the order of their unique keys. Internal. */
@NullMarked
package io.headrace.postgres.enqueue;

import org.jspecify.annotations.NullMarked;
