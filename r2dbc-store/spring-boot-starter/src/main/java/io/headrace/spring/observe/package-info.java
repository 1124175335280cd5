/** Meters and observations of the engine and the client, for applications that have a registry for them. */
@NullMarked
package io.headrace.spring.observe;

import org.jspecify.annotations.NullMarked;
