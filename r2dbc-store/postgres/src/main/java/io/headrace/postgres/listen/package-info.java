/** Listens for wake-ups. Internal. */
@NullMarked
package io.headrace.postgres.listen;

import org.jspecify.annotations.NullMarked;
