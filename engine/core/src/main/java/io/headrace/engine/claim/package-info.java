/** Turns demand into claims. Claimed jobs wait here for their payloads and for a free slot. */
@NullMarked
package io.headrace.engine.claim;

import org.jspecify.annotations.NullMarked;
