/** Which repositories may be asked for, and how their addresses are written. */
@NullMarked
package io.headrace.samples.indexer.address;

import org.jspecify.annotations.NullMarked;
