/** What each feature costs: the same jobs with it and without it, in turns. {@link io.headrace.benchmarks.features.Features} lists them. */
@NullMarked
package io.headrace.benchmarks.features;

import org.jspecify.annotations.NullMarked;
