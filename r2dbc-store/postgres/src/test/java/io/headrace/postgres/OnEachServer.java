package io.headrace.postgres;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs a test, or every test of a class whose constructor takes the server, once on each {@link TestServer}. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass(name = "{0}")
@ParameterizedTest(name = "{0}")
@MethodSource("io.headrace.postgres.TestServer#all")
@interface OnEachServer {}
