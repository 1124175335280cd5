/** Working trees: cloned once however many ask, and there whole or not at all. */
@NullMarked
package io.headrace.samples.indexer.checkout;

import org.jspecify.annotations.NullMarked;
