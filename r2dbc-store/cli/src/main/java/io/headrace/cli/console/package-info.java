/** The command that serves the console. */
@NullMarked
package io.headrace.cli.console;

import org.jspecify.annotations.NullMarked;
