/** What scenarios have in common whose engines run in processes of their own. */
@NullMarked
package io.headrace.benchmarks.process;

import org.jspecify.annotations.NullMarked;
