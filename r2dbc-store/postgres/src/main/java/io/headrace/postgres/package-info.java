/**
 * The store on PostgreSQL 15 and newer, over R2DBC: {@link io.headrace.postgres.PostgresJobStore} to run on, and
 * {@link io.headrace.postgres.PostgresMigrations} to make its schema.
 */
@NullMarked
package io.headrace.postgres;

import org.jspecify.annotations.NullMarked;
