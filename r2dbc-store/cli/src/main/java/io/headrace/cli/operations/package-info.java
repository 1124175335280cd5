/** Bulk operations: carried out, shown, stopped. */
@NullMarked
package io.headrace.cli.operations;

import org.jspecify.annotations.NullMarked;
