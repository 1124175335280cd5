/**
 * The API for programs that enqueue or handle jobs. Values are immutable and thread-safe. Every {@code Mono} and
 * {@code Flux} is cold: it does nothing until it is subscribed.
 */
@NullMarked
package io.headrace;

import org.jspecify.annotations.NullMarked;
