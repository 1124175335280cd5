/** How an application gets its store, client and engine without asking, and what it is told when that fails. */
@NullMarked
package io.headrace.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
