/** A PostgreSQL of the service's own, where none is named. */
@NullMarked
package io.headrace.samples.indexer.database;

import org.jspecify.annotations.NullMarked;
