/** Internal: finds the handlers among the beans of an application. */
@NullMarked
package io.headrace.spring.handler;

import org.jspecify.annotations.NullMarked;
