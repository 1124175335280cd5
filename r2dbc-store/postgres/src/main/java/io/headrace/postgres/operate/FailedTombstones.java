package io.headrace.postgres.operate;

import io.headrace.FailedJobs;
import io.headrace.JobId;
import io.headrace.postgres.connection.Connections;
import io.headrace.postgres.connection.SqlChannel;
import io.headrace.postgres.sql.Columns;
import io.headrace.postgres.sql.IdSet;
import io.headrace.postgres.sql.Parameters;
import io.headrace.postgres.sql.Statements;
import io.headrace.spi.Fingerprint;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Decides about failed tombstones in chunks, so that neither a lock nor a buffer grows with their number. */
public final class FailedTombstones {

    /** How many there are in a chunk, at most. */
    public static final int CHUNK = 250;

    private static final long FROM_THE_FIRST = -1;

    private static final int PROBES = 10;

    private final String countPruned;
    private final String newest;
    private final Connections connections;

    public FailedTombstones(Statements statements, Connections connections) {
        this.newest = statements.named("operate/newest_failed");
        this.countPruned = statements.named("operate/count_pruned");
        this.connections = connections;
    }

    /** Runs a statement over those that are meant, chunk by chunk. */
    Mono<Decided> decide(String statement, FailedJobs which) {
        return Flux.fromIterable(chunks(which))
                .concatMap(chunk -> decideAll(statement, chunk))
                .reduce(Decided.NOTHING, Decided::plus);
    }

    /** Runs a statement over the newest that nobody else is deciding about; empty if there is none, or too many are taken. */
    Mono<JobId> decideOne(String statement, FailedJobs which) {
        return decideBelow(statement, Selector.of(which), Long.MAX_VALUE, PROBES);
    }

    private Mono<JobId> decideBelow(String statement, Selector which, long below, int tries) {
        return newest(which, below)
                .flatMap(id -> chunk(statement, Selector.of(FailedJobs.byId(List.of(id))), FROM_THE_FIRST)
                        .flatMap(done -> {
                            if (done.applied > 0) {
                                return Mono.just(id);
                            }
                            return tries > 1 ? decideBelow(statement, which, id.value(), tries - 1) : Mono.empty();
                        }));
    }

    private Mono<JobId> newest(Selector which, long below) {
        return connections
                .work(
                        newest,
                        statement -> which.bind(new Parameters(statement))
                                .value(below)
                                .statement(),
                        row -> Optional.ofNullable(row.get("job", Long.class)).map(JobId::new))
                .flatMap(rows -> Mono.justOrEmpty(rows.get(0)));
    }

    /** Ids are cut into chunks here; of a kind or queue the statement takes the next chunk until there is none. */
    private static List<FailedJobs> chunks(FailedJobs which) {
        Set<JobId> named = Selector.of(which).ids();
        if (named == null) {
            return List.of(which);
        }
        List<JobId> ids = named.stream().sorted().toList();
        List<FailedJobs> chunks = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += CHUNK) {
            chunks.add(FailedJobs.byId(ids.subList(from, Math.min(ids.size(), from + CHUNK))));
        }
        return chunks;
    }

    private Mono<Decided> decideAll(String statement, FailedJobs which) {
        Selector selector = Selector.of(which);
        return chunk(statement, selector, FROM_THE_FIRST)
                .expand(done -> done.matched < CHUNK ? Mono.empty() : chunk(statement, selector, done.last))
                .reduce(Decided.NOTHING, Decided::plus)
                .zipWith(pruned(selector), Decided::withPruned);
    }

    private Mono<Decided> chunk(String statement, Selector which, long beyond) {
        return connections.work(channel -> chunk(channel, statement, which, beyond, null));
    }

    /**
     * Runs a statement over the next chunk, in somebody's transaction.
     *
     * @param beyond of those with higher ids
     * @param until of those that had failed by then
     */
    public static Mono<Decided> chunk(
            SqlChannel channel, String statement, FailedJobs which, long beyond, Instant until) {
        return chunk(channel, statement, Selector.of(which), beyond, until);
    }

    private static Mono<Decided> chunk(
            SqlChannel channel, String statement, Selector which, long beyond, @Nullable Instant until) {
        return channel.rows(
                        statement,
                        bound -> which.bind(new Parameters(bound))
                                .value(beyond)
                                .value(CHUNK)
                                .valueOrNull(until, Instant.class)
                                .statement(),
                        Decided::of)
                .map(rows -> rows.get(0));
    }

    private Mono<Long> pruned(Selector which) {
        return connections.work(channel -> pruned(channel, which));
    }

    /** How many of those that are meant have been forgotten. */
    public Mono<Long> pruned(SqlChannel channel, FailedJobs which) {
        return pruned(channel, Selector.of(which));
    }

    private Mono<Long> pruned(SqlChannel channel, Selector which) {
        if (which.fingerprint != null) {
            // Of those that are pruned it is not on record.
            return Mono.just(0L);
        }
        return channel.rows(countPruned, which::bindAsSet, row -> Columns.number(row, "pruned"))
                .map(counts -> counts.get(0));
    }

    /** Binds which are meant: four parameters of a statement. */
    public static Parameters bind(Parameters parameters, FailedJobs which) {
        return Selector.of(which).bind(parameters);
    }

    /** Which tombstones are meant, as statements take it: one of the four. */
    private record Selector(
            @Nullable Set<JobId> ids,
            @Nullable String kind,
            @Nullable String queue,
            @Nullable Long fingerprint) {

        private static final FailedJobs.Cases<Selector> CASES = new FailedJobs.Cases<>() {
            @Override
            public Selector byId(Set<JobId> ids) {
                return new Selector(ids, null, null, null);
            }

            @Override
            public Selector ofKind(String kind) {
                return new Selector(null, kind, null, null);
            }

            @Override
            public Selector inQueue(String queue) {
                return new Selector(null, null, queue, null);
            }

            @Override
            public Selector withFingerprint(String fingerprint) {
                return new Selector(null, null, null, Fingerprint.number(fingerprint));
            }
        };

        static Selector of(FailedJobs which) {
            return which.fold(CASES);
        }

        Parameters bind(Parameters parameters) {
            Long[] jobs = ids == null ? null : ids.stream().map(JobId::value).toArray(Long[]::new);
            return bindNames(parameters.valueOrNull(jobs, Long[].class)).valueOrNull(fingerprint, Long.class);
        }

        Statement bindAsSet(Statement statement) {
            return bindNames(new Parameters(statement).textOrNull(ids == null ? null : multirange(ids)))
                    .statement();
        }

        private Parameters bindNames(Parameters parameters) {
            return parameters.textOrNull(kind).textOrNull(queue);
        }

        private static String multirange(Set<JobId> jobs) {
            IdSet ids = new IdSet();
            jobs.forEach(id -> ids.add(id.value()));
            return ids.text();
        }
    }

    /** What was done: how many were meant, how many of them it was done to, up to which, and how many are forgotten. */
    public record Decided(long matched, long applied, long last, long pruned) {

        private static final Decided NOTHING = new Decided(0, 0, FROM_THE_FIRST, 0);

        private static Decided of(Readable row) {
            Long last = row.get("last", Long.class);
            return new Decided(
                    Columns.number(row, "matched"),
                    Columns.number(row, "applied"),
                    last == null ? FROM_THE_FIRST : last,
                    0);
        }

        /** Those that somebody else decided about at the same moment. */
        public long raced() {
            return matched - applied;
        }

        private Decided plus(Decided other) {
            return new Decided(
                    matched + other.matched,
                    applied + other.applied,
                    Math.max(last, other.last),
                    pruned + other.pruned);
        }

        private Decided withPruned(long count) {
            return new Decided(matched, applied, last, count);
        }
    }
}
