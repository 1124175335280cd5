/** The job: what is counted of a working tree, and what becomes of it. */
@NullMarked
package io.headrace.samples.indexer.index;

import org.jspecify.annotations.NullMarked;
