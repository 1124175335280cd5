/**
 * Interfaces for observing an engine or a client: observers are notified, interceptors wrap calls. If there are none,
 * they cost nothing.
 */
@NullMarked
package io.headrace.observe;

import org.jspecify.annotations.NullMarked;
