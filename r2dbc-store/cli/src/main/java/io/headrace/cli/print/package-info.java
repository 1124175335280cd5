/** Tables, facts and JSON. */
@NullMarked
package io.headrace.cli.print;

import org.jspecify.annotations.NullMarked;
