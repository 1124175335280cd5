/** The resources of the HTTP API, under {@code api/v1}. */
@NullMarked
package io.headrace.console.api;

import org.jspecify.annotations.NullMarked;
