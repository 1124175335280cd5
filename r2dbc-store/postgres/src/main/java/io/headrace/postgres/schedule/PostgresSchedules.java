package io.headrace.postgres.schedule;

import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.connection.SqlErrors;
import io.headrace.postgres.enqueue.EnqueueErrors;
import io.headrace.postgres.sql.Columns;
import io.headrace.postgres.sql.Statements;
import io.headrace.schedule.FireSnapshot;
import io.headrace.spi.DueSchedules;
import io.headrace.spi.Fired;
import io.headrace.spi.Firing;
import io.headrace.spi.JobInspector;
import io.headrace.spi.ScheduleLook;
import io.headrace.spi.ScheduleStore;
import io.headrace.spi.StoredSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Keeps schedules and fires them. */
public final class PostgresSchedules implements ScheduleStore {

    private final String look;
    private final String page;
    private final String write;
    private final String remove;
    private final String fire;
    private final String keepDeclared;
    private final Connections connections;
    private final DueLooks dueLooks;
    private final FireRows fireRows;
    private final FirePruner pruner;
    private final Flux<Boolean> changes;

    /**
     * Keeps schedules over the connections given.
     *
     * @param inspector tells how jobs stand
     * @param changes when schedules may have been written
     */
    public PostgresSchedules(
            Statements statements, Connections connections, JobInspector inspector, Flux<Boolean> changes) {
        this.look = statements.named("schedule/look");
        this.page = statements.named("schedule/page");
        this.write = statements.named("schedule/write");
        this.remove = statements.named("schedule/remove");
        this.fire = statements.named("schedule/fire");
        this.keepDeclared = statements.named("schedule/keep_declared");
        this.connections = connections;
        this.dueLooks = new DueLooks(statements, connections);
        this.fireRows = new FireRows(statements, connections, inspector);
        this.pruner = new FirePruner(statements, connections);
        this.changes = changes;
    }

    @Override
    public Mono<ScheduleLook> look(Collection<String> names) {
        return connections
                .work(look, statement -> statement.bind(0, names.toArray(String[]::new)), ScheduleRow::of)
                .map(PostgresSchedules::look)
                .onErrorMap(SqlErrors::of);
    }

    @Override
    public Mono<ScheduleLook> page(String after, int most) {
        return connections
                .read(page, statement -> statement.bind(0, after).bind(1, most), ScheduleRow::of)
                .map(PostgresSchedules::look)
                .onErrorMap(SqlErrors::of);
    }

    private static ScheduleLook look(List<ScheduleRow> rows) {
        return new ScheduleLook(rows.get(0).now(), ScheduleRow.schedules(rows));
    }

    @Override
    public Mono<Set<String>> write(List<StoredSchedule> schedules) {
        if (schedules.isEmpty()) {
            return Mono.just(Set.of());
        }
        return connections
                .work(write, new ScheduleWrite(schedules)::bind, row -> Columns.text(row, "name"))
                .<Set<String>>map(Set::copyOf)
                .doOnNext(written -> lookBackIf(!written.isEmpty()))
                .onErrorMap(EnqueueErrors::of);
    }

    @Override
    public Mono<Boolean> remove(String name, long version) {
        return connections
                .work(
                        remove,
                        statement -> statement.bind(0, name).bind(1, version),
                        row -> Columns.number(row, "removed") > 0)
                .map(removed -> removed.get(0))
                .onErrorMap(SqlErrors::of);
    }

    @Override
    public Mono<DueSchedules> due(Set<String> makes, int most, Duration ahead) {
        return dueLooks.due(makes, most, ahead).onErrorMap(SqlErrors::of);
    }

    @Override
    public Mono<List<Fired>> fire(List<Firing> firings, long by) {
        if (firings.isEmpty()) {
            return Mono.just(List.of());
        }
        return Flux.fromIterable(FireBlocks.of(firings))
                .concatMap(block -> fireBlock(block, by))
                .flatMapIterable(fired -> fired)
                .collectList()
                .doOnNext(fired -> dueLooks.written(firings.stream().map(Firing::nextAt)))
                .onErrorMap(EnqueueErrors::of);
    }

    private Mono<List<Fired>> fireBlock(List<Firing> firings, long by) {
        return Mono.defer(() -> {
            FireFlush flush = new FireFlush(firings, by);
            return connections.work(fire, flush::bind, flush::fired);
        });
    }

    @Override
    public Flux<FireSnapshot> fires(String schedule, @Nullable Instant before, int most) {
        return fireRows.fires(schedule, before, most).onErrorMap(SqlErrors::of);
    }

    @Override
    public Mono<Set<String>> keepDeclared(Set<String> names, Duration undeclaredAfter) {
        return connections
                .work(
                        keepDeclared,
                        statement ->
                                statement.bind(0, names.toArray(String[]::new)).bind(1, undeclaredAfter.toMillis()),
                        row -> Columns.text(row, "name"))
                .<Set<String>>map(Set::copyOf)
                .onErrorMap(SqlErrors::of);
    }

    @Override
    public Mono<Long> pruneFires(Duration retention) {
        return pruner.prune(retention).onErrorMap(SqlErrors::of);
    }

    @Override
    public Flux<Boolean> changes() {
        return changes.doOnNext(changed -> dueLooks.lookBack());
    }

    private void lookBackIf(boolean written) {
        if (written) {
            dueLooks.lookBack();
        }
    }

    /** Begins every look and prune at the head again: for tests that move the rows' times. */
    public void lookBack() {
        dueLooks.lookBack();
        pruner.lookBack();
    }
}
