/** Where the database is, from a URL or the variables of libpq. */
@NullMarked
package io.headrace.cli.connection;

import org.jspecify.annotations.NullMarked;
