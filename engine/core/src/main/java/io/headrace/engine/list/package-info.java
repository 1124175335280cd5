/** Lists jobs for people, page by page, through the states that they can be in. */
@NullMarked
package io.headrace.engine.list;

import org.jspecify.annotations.NullMarked;
