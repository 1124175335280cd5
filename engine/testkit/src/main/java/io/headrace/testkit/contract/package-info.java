/**
 * What every {@link io.headrace.spi.JobStore} must do, as tests: one abstract suite a verb. To hold a store to it, extend
 * each suite and open a {@link io.headrace.testkit.contract.StoreHarness} on the store.
 */
@NullMarked
package io.headrace.testkit.contract;

import org.jspecify.annotations.NullMarked;
