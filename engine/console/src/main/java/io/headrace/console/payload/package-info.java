/** How payloads and other values of jobs are shown: decoded, redacted, and cut if they are long. */
@NullMarked
package io.headrace.console.payload;

import org.jspecify.annotations.NullMarked;
