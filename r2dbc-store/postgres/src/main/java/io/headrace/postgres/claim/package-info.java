/** Claims jobs: determines where a claim starts and in how many sets it looks, and reads its rows. Internal. */
@NullMarked
package io.headrace.postgres.claim;

import org.jspecify.annotations.NullMarked;
