/** Auto-configuration of the store, the client and the engine, with its startup diagnostics. */
@NullMarked
package io.headrace.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
