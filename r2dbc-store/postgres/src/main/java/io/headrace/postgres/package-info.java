/**
 * The store on PostgreSQL 15 and newer, over R2DBC: {@link io.headrace.postgres.PostgresJobStore} to run on, and
 * {@link io.headrace.postgres.PostgresMigrations} to make its schema.
 *
 * <p>The packages below this one are internal, even where their types are public: they change without notice, and nothing in
 * the API mentions them.
 */
@NullMarked
package io.headrace.postgres;

import org.jspecify.annotations.NullMarked;
