/** What every scenario that measures has in common: its settings, its runs, its databases. */
@NullMarked
package io.headrace.benchmarks.run;

import org.jspecify.annotations.NullMarked;
