/** What handlers say becomes verdicts, and verdicts and progress are recorded in the store. */
@NullMarked
package io.headrace.engine.settle;

import org.jspecify.annotations.NullMarked;
