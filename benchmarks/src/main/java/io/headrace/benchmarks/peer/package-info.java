/**
 * Other queues on PostgreSQL, each at the fastest settings that its documentation names; the class says which, and where
 * they stand.
 */
@NullMarked
package io.headrace.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
