/** What lets a job be completed in a transaction of its handler. Internal. */
@NullMarked
package io.headrace.postgres.complete;

import org.jspecify.annotations.NullMarked;
