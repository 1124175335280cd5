/** The commands about jobs. */
@NullMarked
package io.headrace.cli.jobs;

import org.jspecify.annotations.NullMarked;
