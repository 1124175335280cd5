/** Serves the console in WebFlux applications that have it. */
@NullMarked
package io.headrace.spring.console;

import org.jspecify.annotations.NullMarked;
