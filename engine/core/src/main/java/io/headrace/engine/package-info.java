/**
 * The way of a job through the engine: {@code client} enqueues it, {@code claim} leases it, {@code run} calls its
 * handler, and {@code settle} records the outcome, while {@code upkeep} keeps the engine alive. This package only wires
 * the rooms together.
 *
 * <p>Internal. Only {@link io.headrace.engine.Assembly} is used from outside. Each room depends only on rooms that
 * precede it in this list: {@code guard}, {@code flush}, {@code observed}, {@code lease}, {@code settle},
 * {@code claim}, {@code run}, {@code upkeep}, {@code client}, then this package.
 */
@NullMarked
package io.headrace.engine;

import org.jspecify.annotations.NullMarked;
