/** What an engine does in addition to running jobs: registers, sends heartbeats, sweeps, prunes. */
@NullMarked
package io.headrace.engine.upkeep;

import org.jspecify.annotations.NullMarked;
