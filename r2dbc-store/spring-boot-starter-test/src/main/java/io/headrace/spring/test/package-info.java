/** Support for testing an application's jobs without a database. Jobs run only when the test asks for it. */
@NullMarked
package io.headrace.spring.test;

import org.jspecify.annotations.NullMarked;
