/** What runs in the worker processes of the scenario: engines that are killed and suspended. */
@NullMarked
package io.headrace.benchmarks.goeson.worker;

import org.jspecify.annotations.NullMarked;
