/** The client and the operator: encodes jobs, enqueues them in flushes, watches them, and operates on them. */
@NullMarked
package io.headrace.engine.client;

import org.jspecify.annotations.NullMarked;
