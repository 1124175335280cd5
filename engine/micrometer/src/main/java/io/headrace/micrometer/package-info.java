/**
 * Meters and observations of an engine, for applications with a {@code MeterRegistry} or an
 * {@code ObservationRegistry}.
 */
@NullMarked
package io.headrace.micrometer;

import org.jspecify.annotations.NullMarked;
