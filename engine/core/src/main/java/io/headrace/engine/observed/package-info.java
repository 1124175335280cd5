/** Wraps the store: guards every call, notifies observers, and logs outages. */
@NullMarked
package io.headrace.engine.observed;

import org.jspecify.annotations.NullMarked;
