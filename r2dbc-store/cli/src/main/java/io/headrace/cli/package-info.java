/** The command line of Headrace: {@link io.headrace.cli.Headrace} is its main class. Nothing here is an API. */
@NullMarked
package io.headrace.cli;

import org.jspecify.annotations.NullMarked;
