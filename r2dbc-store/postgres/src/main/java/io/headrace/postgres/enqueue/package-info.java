/**
 * Enqueues jobs: in blocks, with one pending set for each group of similar jobs, in the order of their unique keys.
 * Internal.
 */
@NullMarked
package io.headrace.postgres.enqueue;

import org.jspecify.annotations.NullMarked;
