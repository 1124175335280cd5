/** What all commands share: the connection, the answer, the question before a bulk action, exit codes. */
@NullMarked
package io.headrace.cli.command;

import org.jspecify.annotations.NullMarked;
