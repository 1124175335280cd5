/** Shows what is going on: one poller of the store for all who watch, and forecasts. */
@NullMarked
package io.headrace.engine.monitor;

import org.jspecify.annotations.NullMarked;
