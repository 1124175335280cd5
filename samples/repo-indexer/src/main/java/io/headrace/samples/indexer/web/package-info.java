/** The service over HTTP. */
@NullMarked
package io.headrace.samples.indexer.web;

import org.jspecify.annotations.NullMarked;
