/** What runs in the worker processes: an engine whose handler writes into a ledger. */
@NullMarked
package io.headrace.benchmarks.faults.worker;

import org.jspecify.annotations.NullMarked;
