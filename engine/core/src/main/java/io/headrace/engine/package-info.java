/**
 * The pipelines: {@code JobEnqueuer → JobClaimer → JobRunner → JobSettler}, and beside them {@code Heartbeat} and
 * {@code LeaseSweeper}. Internal: the one public class, {@link io.headrace.engine.Assembly}, is how the interfaces of
 * {@code io.headrace} reach their implementations.
 */
@NullMarked
package io.headrace.engine;

import org.jspecify.annotations.NullMarked;
