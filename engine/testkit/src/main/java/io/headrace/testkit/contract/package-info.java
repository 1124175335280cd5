/**
 * What every {@link io.headrace.spi.JobStore} must do, as tests. To test a store, extend {@link
 * io.headrace.testkit.contract.JobStoreContract} and open a {@link io.headrace.testkit.contract.StoreHarness} on the store.
 */
@NullMarked
package io.headrace.testkit.contract;

import org.jspecify.annotations.NullMarked;
