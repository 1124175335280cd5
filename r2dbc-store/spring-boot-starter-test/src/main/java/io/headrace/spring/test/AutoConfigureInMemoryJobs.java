package io.headrace.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Keeps the jobs of the application under test in memory, and runs them when {@link TestJobs} is asked to. For use with a
 * {@code @SpringBootTest}. Jobs are enqueued immediately and permanently, whatever the surrounding transaction does. To
 * test transactions, use the database.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ImportAutoConfiguration
public @interface AutoConfigureInMemoryJobs {}
