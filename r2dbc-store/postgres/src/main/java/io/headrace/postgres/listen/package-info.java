/** How wake-ups are heard. Internal. */
@NullMarked
package io.headrace.postgres.listen;

import org.jspecify.annotations.NullMarked;
