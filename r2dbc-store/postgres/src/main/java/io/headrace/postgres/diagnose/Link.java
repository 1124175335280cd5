package io.headrace.postgres.diagnose;

import io.headrace.spi.PoolUse;
import java.util.List;
import reactor.core.publisher.Mono;

/** How a process is connected to the server. */
public interface Link {

    /** The use of the pools of this process; none if it has no store. */
    List<PoolUse> pools();

    /** Whether the store of this process listens, in a few words. */
    String notifications();

    /** Whether a store like that of this process cannot work, since a pooler in transaction mode is between. */
    Mono<Boolean> isMisused();
}
