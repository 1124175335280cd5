/** A WebFlux service that indexes git repositories, one durable job each. */
@NullMarked
package io.headrace.samples.indexer;

import org.jspecify.annotations.NullMarked;
