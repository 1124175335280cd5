/** The engine at work: {@link io.headrace.samples.quickstart.Quickstart} is the class to read, the others serve it. */
@NullMarked
package io.headrace.samples.quickstart;

import org.jspecify.annotations.NullMarked;
