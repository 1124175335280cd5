/** Internal: looks at the beans of an application and calls their methods. */
@NullMarked
package io.headrace.spring.bean;

import org.jspecify.annotations.NullMarked;
