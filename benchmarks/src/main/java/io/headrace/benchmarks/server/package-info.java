/** The PostgreSQL that a scenario runs against, and a way to ask it things beside the engine. */
@NullMarked
package io.headrace.benchmarks.server;

import org.jspecify.annotations.NullMarked;
