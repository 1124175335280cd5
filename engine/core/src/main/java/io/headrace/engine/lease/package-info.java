/** What this process has leased: leases, the jobs under them, and the attempts that end when a lease is lost. */
@NullMarked
package io.headrace.engine.lease;

import org.jspecify.annotations.NullMarked;
