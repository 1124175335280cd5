/**
 * The store's SQL: loads complete statements by room and name for a schema, and reads values from rows. Internal.
 *
 * <p>The statements are {@code .sql} files in the folders {@code enqueue}, {@code claim}, {@code settle},
 * {@code upkeep} and {@code operate}. {@code part} contains the steps that several of them share.
 */
@NullMarked
package io.headrace.postgres.sql;

import org.jspecify.annotations.NullMarked;
