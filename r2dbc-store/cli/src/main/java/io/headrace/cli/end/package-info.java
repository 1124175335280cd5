/** How a command ends. */
@NullMarked
package io.headrace.cli.end;

import org.jspecify.annotations.NullMarked;
