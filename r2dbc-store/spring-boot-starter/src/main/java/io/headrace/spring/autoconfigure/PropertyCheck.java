package io.headrace.spring.autoconfigure;

import java.time.Duration;
import java.util.regex.Pattern;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.Errors;

/** What values the properties may have. Core checks the same once more; here each has the name that the user wrote. */
final class PropertyCheck {

    private static final Pattern SCHEMA = Pattern.compile("[a-z_][a-z0-9_]{0,62}");
    private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)+");
    private static final int FEWEST_CONNECTIONS = 5;
    private static final int MOST_PER_QUEUE = 10_000;
    private static final int MOST_ATTEMPTS = 1_000;
    private static final int NAME_CHARACTERS = 100;
    private static final DataSize LARGEST_PAYLOAD = DataSize.ofMegabytes(256);
    private static final DataSize SMALLEST_BUDGET = DataSize.ofMegabytes(1);

    private final Errors errors;

    PropertyCheck(Errors errors) {
        this.errors = errors;
    }

    void check(HeadraceProperties properties) {
        check(properties.migration());
        check(properties.store());
        check(properties.client());
        check(properties.engine());
        refuse(
                properties.observe().depthInterval().isNegative(),
                "observe.depth-interval",
                "must not be negative; 0s disables it");
        refuse(
                !PATH.matcher(properties.console().path()).matches(),
                "console.path",
                "must start with a slash and not end with one, for example /headrace; segments have letters, digits and ._~-");
        properties.schedules().forEach((name, schedule) -> new ScheduleCheck(name, errors).check(schedule));
        properties.queues().forEach(this::check);
    }

    private void check(MigrationProperties migration) {
        String url = migration.url();
        refuse(
                url != null && !url.startsWith("jdbc:postgresql:"),
                "migration.url",
                "must be a PostgreSQL JDBC URL, jdbc:postgresql://host:port/database; omit it to derive it from"
                        + " the R2DBC connection");
    }

    private void check(StoreProperties store) {
        refuse(
                !SCHEMA.matcher(store.schema()).matches(),
                "store.schema",
                "must be 1 to 63 characters of a-z, 0-9 and _, starting with a letter or _");
        refuse(
                store.maxConnections() < FEWEST_CONNECTIONS,
                "store.max-connections",
                "must be " + FEWEST_CONNECTIONS
                        + " or more: 2 are reserved for heartbeats and sweeps, 1 listens, 1"
                        + " manages segments, and at least one is for work");
        positive(store.statementTimeout(), "store.statement-timeout");
    }

    private void check(ClientProperties client) {
        refuse(
                client.maxPayload().toBytes() < 1 || client.maxPayload().compareTo(LARGEST_PAYLOAD) > 0,
                "client.max-payload",
                "must be 1B to 256MB; keep larger data in a file or object store and pass a reference in the job");
        refuse(client.maxWaitingJobs() < 1, "client.max-waiting-jobs", "must be 1 or more");
    }

    private void check(EngineProperties engine) {
        String name = engine.name();
        refuse(
                name != null && (name.isBlank() || name.length() > NAME_CHARACTERS),
                "engine.name",
                "must have 1 to 100 characters");
        String version = engine.version();
        refuse(
                version != null && (version.isBlank() || version.length() > NAME_CHARACTERS),
                "engine.version",
                "must have 1 to 100 characters");
        positive(engine.heartbeatInterval(), "engine.heartbeat-interval");
        positive(engine.sweepInterval(), "engine.sweep-interval");
        refuse(
                engine.workerExpiry().compareTo(engine.heartbeatInterval().multipliedBy(2)) < 0,
                "engine.worker-expiry",
                "must be at least two heartbeat intervals (headrace.engine.heartbeat-interval is "
                        + engine.heartbeatInterval().toMillis() + "ms): otherwise one late heartbeat costs the leases");
        DataSize payloadBudget = engine.payloadBudget();
        refuse(
                payloadBudget != null && payloadBudget.compareTo(SMALLEST_BUDGET) < 0,
                "engine.payload-budget",
                "must be 1MB or more; omit it to use an eighth of the heap");
        positive(engine.retention().failed(), "engine.retention.failed");
        positive(engine.retention().completed(), "engine.retention.completed");
        positive(engine.retention().fires(), "engine.retention.fires");
        positive(engine.retention().decisions(), "engine.retention.decisions");
        positive(engine.retention().signals(), "engine.retention.signals");
        check(engine.retry());
    }

    private void check(EngineProperties.Retry retry) {
        refuse(
                retry.maxAttempts() < 1 || retry.maxAttempts() > MOST_ATTEMPTS,
                "engine.retry.max-attempts",
                "must be 1 to 1000");
        refuse(retry.first().isNegative(), "engine.retry.first", "must not be negative");
        refuse(
                !(retry.factor() >= 1) || Double.isInfinite(retry.factor()),
                "engine.retry.factor",
                "must be 1 or more: 1 keeps the delay constant, 2 doubles it each time");
        refuse(
                retry.cap().compareTo(retry.first()) < 0,
                "engine.retry.cap",
                "must not be less than headrace.engine.retry.first, the first delay");
        refuse(!(retry.jitter() >= 0 && retry.jitter() <= 1), "engine.retry.jitter", "must be 0 to 1");
    }

    private void check(String name, QueueProperties queue) {
        String path = "queues[" + name + "].";
        refuse(
                name.isBlank() || name.length() > NAME_CHARACTERS,
                "queues",
                "has the name '" + name + "', which must have 1 to 100 characters");
        refuse(
                queue.concurrency() < 1 || queue.concurrency() > MOST_PER_QUEUE,
                path + "concurrency",
                "must be 1 to 10000; to leave the queue to other engines, remove it from headrace.queues");
        Integer prefetch = queue.prefetch();
        refuse(
                prefetch != null && (prefetch < 0 || prefetch > MOST_PER_QUEUE),
                path + "prefetch",
                "must be 0 to 10000");
        Duration pollInterval = queue.pollInterval();
        if (pollInterval != null) {
            positive(pollInterval, path + "poll-interval");
        }
    }

    private void positive(Duration value, String property) {
        refuse(value.isZero() || value.isNegative(), property, "must be positive, for example 10s");
    }

    private void refuse(boolean wrong, String property, String reason) {
        if (wrong) {
            errors.rejectValue(property, "headrace", reason);
        }
    }
}
