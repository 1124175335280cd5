/** Signals: who waits for which, and sending one. */
@NullMarked
package io.headrace.cli.signals;

import org.jspecify.annotations.NullMarked;
