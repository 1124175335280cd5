/** Internal: lets enqueues join Spring's reactive transactions. */
@NullMarked
package io.headrace.spring.transaction;

import org.jspecify.annotations.NullMarked;
