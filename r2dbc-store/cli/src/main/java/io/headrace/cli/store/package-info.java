/** The commands about the database as a whole. */
@NullMarked
package io.headrace.cli.store;

import org.jspecify.annotations.NullMarked;
