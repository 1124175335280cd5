/** Runs steps of jobs: reads what earlier attempts recorded, and records what new steps return, many in one flush or in transactions. */
@NullMarked
package io.headrace.engine.step;

import org.jspecify.annotations.NullMarked;
