/** What an engine does beside the road of a job: registers, says that it is alive, sweeps, prunes. */
@NullMarked
package io.headrace.engine.upkeep;

import org.jspecify.annotations.NullMarked;
