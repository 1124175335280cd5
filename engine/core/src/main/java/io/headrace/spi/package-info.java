/**
 * The interfaces of a store of jobs. Programs that only use Headrace never import this package, except to hold a
 * {@link io.headrace.spi.JobStore}.
 */
@NullMarked
package io.headrace.spi;

import org.jspecify.annotations.NullMarked;
