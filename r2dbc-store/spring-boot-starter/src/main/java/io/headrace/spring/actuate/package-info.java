/** Health and operation of the queues, for applications that have Spring Boot's actuator. */
@NullMarked
package io.headrace.spring.actuate;

import org.jspecify.annotations.NullMarked;
