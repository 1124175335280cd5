package pages;

import io.headrace.JobId;
import io.headrace.JobOperator;
import io.headrace.spi.JobStore;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.spi.ConnectionFactory;
import java.time.Duration;
import java.time.Instant;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The code of docs/guide-operating.md. */
final class Operating {

    private final JobOperator operator;

    Operating(JobStore store) {
        operator = JobOperator.create(store);
    }

    Flux<String> backlog() {
        return operator.queues()
                .filter(queue -> queue.due() > 0)
                .map(queue -> queue.queue() + ": " + queue.due() + " due, the oldest for " + queue.oldestDue());
    }

    Flux<String> silentWorkers() {
        return operator.workers().filter(worker -> worker.isSilent()).map(worker -> worker.name());
    }

    Mono<String> audit() {
        return operator.audit().map(report -> report.isOk() ? "nothing is lost" : report.toString());
    }

    Flux<String> watchBacklogs() {
        return operator.live()
                .flatMapIterable(view -> view.queues())
                .filter(queue -> queue.due() > 0)
                .map(queue -> queue.queue() + ": " + queue.due() + " due, "
                        + Math.round(queue.completedPerSecond()) + " completed per second, "
                        + queue.forecast().describe());
    }

    Mono<String> failuresSinceDeployment() {
        return operator.marks(Duration.ofHours(1))
                .next()
                .flatMap(mark -> operator.activity(Duration.ofMinutes(90), 90)
                        .map(activity -> activity.failureShare(mark.startedAt(), Instant.MAX)
                                .orElse(0))
                        .map(share -> "version " + mark.version() + ": " + Math.round(100 * share)
                                + " % of attempts failed"));
    }

    Mono<String> why(JobId id) {
        return operator.why(id)
                .map(found -> found.describe() + " " + found.reason().whatNext());
    }

    static ConnectionFactory behindAPooler(String secret) {
        return new PostgresqlConnectionFactory(PostgresqlConnectionConfiguration.builder()
                .host("pgbouncer")
                .port(6432)
                .database("app")
                .username("app")
                .password(secret)
                .preparedStatementCacheQueries(0)
                .build());
    }
}
