/**
 * The store's connections: pools with places, what runs on them and within which limits, and what errors of the driver mean.
 * Internal.
 */
@NullMarked
package io.headrace.postgres.connection;

import org.jspecify.annotations.NullMarked;
