/** How jobs ended, and who waits for that. Internal. */
@NullMarked
package io.headrace.postgres.result;

import org.jspecify.annotations.NullMarked;
