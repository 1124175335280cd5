/** Headrace in a Spring Boot application: what its code imports beside the API of {@code io.headrace}. */
@NullMarked
package io.headrace.spring;

import org.jspecify.annotations.NullMarked;
