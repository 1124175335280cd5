/**
 * The store's connections: pools and their slots, what runs on them and within which limits, and the meaning of driver
 * errors. Internal.
 */
@NullMarked
package io.headrace.postgres.connection;

import org.jspecify.annotations.NullMarked;
