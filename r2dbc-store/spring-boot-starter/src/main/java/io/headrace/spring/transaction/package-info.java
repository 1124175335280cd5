/** Internal: lets what is enqueued join Spring's reactive transactions. */
@NullMarked
package io.headrace.spring.transaction;

import org.jspecify.annotations.NullMarked;
