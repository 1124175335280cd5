/** Health of the engine and operation of the queues, for applications with Spring Boot's actuator. */
@NullMarked
package io.headrace.spring.actuate;

import org.jspecify.annotations.NullMarked;
