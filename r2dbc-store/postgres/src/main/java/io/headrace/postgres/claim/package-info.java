/** How jobs are claimed: where a claim begins, in how many sets it looks, and what its rows say. Internal. */
@NullMarked
package io.headrace.postgres.claim;

import org.jspecify.annotations.NullMarked;
