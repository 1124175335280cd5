package io.headrace.spring.actuate;

import io.headrace.EngineStatus;
import io.headrace.JobEngine;
import io.headrace.spi.JobStore;
import io.headrace.spi.StoreHealth;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import reactor.core.publisher.Mono;

/**
 * Up while the store answers, this version can work with its schema, and the engine, if there is one, has not failed
 * and has sent a heartbeat within its expiry. A lost connection for wake-ups is reported but does not count as down:
 * the engine polls in the meantime. Thread-safe.
 */
public final class HeadraceHealthIndicator extends AbstractReactiveHealthIndicator {

    private final JobStore store;
    private final Supplier<@Nullable JobEngine> engine;

    /** @param engine returns {@code null} if there is only a client */
    public HeadraceHealthIndicator(JobStore store, Supplier<@Nullable JobEngine> engine) {
        super("The job store does not answer");
        this.store = Objects.requireNonNull(store, "store");
        this.engine = Objects.requireNonNull(engine, "engine");
    }

    @Override
    protected Mono<Health> doHealthCheck(Health.Builder builder) {
        return store.inspector().health().map(health -> {
            tell(builder.up(), health);
            JobEngine running = engine.get();
            if (running != null) {
                tell(builder, running.status());
            }
            return builder.build();
        });
    }

    private static void tell(Health.Builder builder, StoreHealth health) {
        builder.withDetail("schema", health.version()).withDetail("wakeUps", health.wakeUps());
        String problem = health.problem();
        if (problem != null) {
            builder.down().withDetail("problem", problem);
        }
    }

    private static void tell(Health.Builder builder, EngineStatus status) {
        builder.withDetail("engine", status.state())
                .withDetail("heartbeatInterval", status.heartbeatInterval().toString())
                .withDetail("workerExpiry", status.workerExpiry().toString())
                .withDetail("leased", status.leased());
        if (status.worker() != null) {
            builder.withDetail("worker", status.worker());
        }
        if (status.sinceHeartbeat() != null) {
            builder.withDetail("sinceHeartbeat", status.sinceHeartbeat().toString());
        }
        if (status.state() == EngineStatus.State.FAILED) {
            builder.down().withDetail("problem", "The engine has failed and must be restarted: " + status.problem());
        } else if (status.state() == EngineStatus.State.RUNNING && status.isOverdue()) {
            builder.down()
                    .withDetail("problem", "silent for longer than workerExpiry: other workers take over its leases");
        }
    }
}
