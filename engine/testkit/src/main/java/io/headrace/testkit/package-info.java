/**
 * For tests of programs that use Headrace: a store that needs no database, and a clock that moves when it is told to.
 */
@NullMarked
package io.headrace.testkit;

import org.jspecify.annotations.NullMarked;
