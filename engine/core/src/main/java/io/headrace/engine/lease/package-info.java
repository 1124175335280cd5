/** The leases of this process, the jobs under them, and the attempts that are cancelled when a lease is lost. */
@NullMarked
package io.headrace.engine.lease;

import org.jspecify.annotations.NullMarked;
