/** The repositories that are known: their rows, and how one is added together with its job. */
@NullMarked
package io.headrace.samples.indexer.repository;

import org.jspecify.annotations.NullMarked;
