/**
 * Tests of programs that use Headrace: a store that needs no database, and a clock that moves on demand.
 */
@NullMarked
package io.headrace.testkit;

import org.jspecify.annotations.NullMarked;
