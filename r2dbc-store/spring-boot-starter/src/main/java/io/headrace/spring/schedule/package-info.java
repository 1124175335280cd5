/** Internal: finds the schedules among the beans of an application. */
@NullMarked
package io.headrace.spring.schedule;

import org.jspecify.annotations.NullMarked;
