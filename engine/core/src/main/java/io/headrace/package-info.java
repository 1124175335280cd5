/**
 * The API: what a program that enqueues or handles jobs sees. Values are immutable and safe to share; every
 * {@code Mono} and {@code Flux} is cold, and does nothing until it is subscribed to.
 */
@NullMarked
package io.headrace;

import org.jspecify.annotations.NullMarked;
