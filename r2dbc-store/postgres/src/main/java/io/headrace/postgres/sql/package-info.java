/**
 * The store's SQL: statements by room and name, whole and for one schema, and how values come out of rows. Internal.
 *
 * <p>The statements themselves are the {@code .sql} files in the folders {@code enqueue}, {@code claim}, {@code settle}, {@code
 * upkeep} and {@code operate}; {@code part} has what several of them share.
 */
@NullMarked
package io.headrace.postgres.sql;

import org.jspecify.annotations.NullMarked;
