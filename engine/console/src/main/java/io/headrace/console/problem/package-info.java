/** What went wrong, as an answer: RFC 9457 problems, typed in one place. */
@NullMarked
package io.headrace.console.problem;

import org.jspecify.annotations.NullMarked;
