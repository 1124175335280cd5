/** Meters and observations of the engine and the client, for applications with a registry. */
@NullMarked
package io.headrace.spring.observe;

import org.jspecify.annotations.NullMarked;
