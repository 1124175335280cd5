/** Tests of an application's jobs: no database, and nothing runs before the test says so. */
@NullMarked
package io.headrace.spring.test;

import org.jspecify.annotations.NullMarked;
