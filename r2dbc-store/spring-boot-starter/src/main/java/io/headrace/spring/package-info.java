/** What a Spring Boot application imports in addition to the API of {@code io.headrace}. */
@NullMarked
package io.headrace.spring;

import org.jspecify.annotations.NullMarked;
