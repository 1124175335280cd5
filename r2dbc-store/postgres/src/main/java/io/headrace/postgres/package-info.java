/**
 * The store on PostgreSQL 15 and newer, over R2DBC: {@link io.headrace.postgres.PostgresJobStore} is the store, and
 * {@link io.headrace.postgres.PostgresMigrations} creates its schema.
 *
 * <p>The packages below this one are internal, even if their types are public. They change without notice, and the API
 * does not refer to them.
 */
@NullMarked
package io.headrace.postgres;

import org.jspecify.annotations.NullMarked;
