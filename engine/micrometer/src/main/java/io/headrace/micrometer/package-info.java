/** An engine's meters and observations, for whoever has a {@code MeterRegistry} or an {@code ObservationRegistry}. */
@NullMarked
package io.headrace.micrometer;

import org.jspecify.annotations.NullMarked;
