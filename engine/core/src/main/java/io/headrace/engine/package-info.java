/**
 * The road of a job: {@code client} takes it in, {@code claim} leases it, {@code run} calls its handler, {@code settle} records
 * what became of it; {@code upkeep} keeps the engine alive meanwhile. This package itself only puts the rooms together.
 *
 * <p>Internal. The one class that anything outside reaches is {@link io.headrace.engine.Assembly}. Each room knows only rooms
 * named before it: {@code guard}, {@code flush}, {@code observed}, {@code lease}, {@code settle}, {@code claim}, {@code run},
 * {@code upkeep}, {@code client}, then this package.
 */
@NullMarked
package io.headrace.engine;

import org.jspecify.annotations.NullMarked;
