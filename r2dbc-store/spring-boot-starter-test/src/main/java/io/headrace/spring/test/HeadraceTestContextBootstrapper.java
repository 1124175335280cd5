package io.headrace.spring.test;

import org.springframework.boot.test.autoconfigure.TestSliceTestContextBootstrapper;

/** Reads the properties of a {@link HeadraceTest}. */
final class HeadraceTestContextBootstrapper extends TestSliceTestContextBootstrapper<HeadraceTest> {}
