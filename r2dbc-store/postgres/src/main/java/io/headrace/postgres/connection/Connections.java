package io.headrace.postgres.connection;

import io.headrace.spi.PoolUse;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * The connections of one store. Work has a pool; heartbeats and sweeps have another, small one, so that a pool full of
 * work costs no lease; what tidies has one, since it may take long, and lets it go between its rounds; the listener has a
 * connection of its own.
 *
 * <p>All of them work in READ COMMITTED, whatever the database's default: a statement that had to wait for a lock must see
 * what was committed meanwhile.
 */
public final class Connections {

    /** One for the heartbeat and one for the sweep, which may take longer than a heartbeat can wait. */
    public static final int RESERVED = 2;

    /** The listener's. */
    public static final int LISTENING = 1;

    /** The one that makes and drops segments. */
    public static final int TIDYING = 1;

    private static final Duration UPKEEP_LIMIT = Duration.ofSeconds(5);
    private static final Duration LONG_LIMIT = Duration.ofMinutes(10);
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final Duration IDLE = Duration.ofMinutes(5);
    private static final Duration IDLE_TIDYING = Duration.ofSeconds(10);

    private static final String READ_COMMITTED =
            "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED;";

    /** Another schema may hold a function or an operator that fits better than PostgreSQL's own, and is not to be trusted. */
    private static final String TRUSTED = "SET search_path = pg_catalog, pg_temp;";

    /**
     * A plan is made once, perhaps while a table is empty that will hold millions: what moves jobs goes by indexes, and by those
     * scans that mark dead entries for the next. Making a plan for each call, or compiling it, takes longer than most calls.
     */
    public static final String MOVING = "SET plan_cache_mode = force_generic_plan; SET jit = off;"
            + " SET enable_seqscan = off; SET enable_bitmapscan = off";

    /** A query for people may read all there is, for this long. */
    private static final String READING = "BEGIN; SET LOCAL plan_cache_mode = auto; SET LOCAL enable_seqscan = on;"
            + " SET LOCAL enable_bitmapscan = on; SET LOCAL statement_timeout = ";

    /** A query for people that must not read all there is: whatever can go by an index or by the place of rows does. */
    private static final String SAMPLING = "BEGIN; SET LOCAL plan_cache_mode = auto; SET LOCAL jit = off;"
            + " SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; SET LOCAL statement_timeout = ";

    /**
     * How a query is planned that lists for people: for its parameters, since without them the planner does not know how little
     * is asked for.
     */
    public static final String LISTING =
            "SET LOCAL plan_cache_mode = force_custom_plan; SET LOCAL jit = off; SET LOCAL enable_seqscan = off";

    private final Sessions sessions;
    private final Pool work;
    private final Pool upkeep;
    private final Pool tidying;
    private final ReadGate gate;
    private final LentConnections lent = new LentConnections();
    private final Duration statementTimeout;

    /**
     * Opens no connection before it is needed.
     *
     * @param most how many there are, at most, {@link #RESERVED}, {@link #LISTENING} and {@link #TIDYING} included
     * @param ownSessions whether what is set for a session stays with it, and reaches nobody else
     * @param shared what connecting signals if it has to and does not, since a pooler is between
     */
    public Connections(
            ConnectionFactory given,
            int most,
            Duration statementTimeout,
            boolean ownSessions,
            Supplier<? extends Exception> shared) {
        this.statementTimeout = statementTimeout;
        this.sessions =
                new Sessions(given, new ServerEpoch(System::nanoTime), Sessions.CONNECT_TIMEOUT, ownSessions, shared);
        int working = most - RESERVED - LISTENING - TIDYING;
        String any = ownSessions ? READ_COMMITTED + TRUSTED : READ_COMMITTED;
        String moving = ownSessions ? any + MOVING : any;
        this.work = new Pool("work", moving, working, IDLE, sessions, false);
        this.upkeep = new Pool("upkeep", moving, RESERVED, IDLE, sessions, true);
        this.tidying = new Pool("tidying", any, TIDYING, IDLE_TIDYING, sessions, false);
        this.gate = new ReadGate(Math.max(1, working / 2), ReadGate.LONGEST_WAIT, sessions.timers());
    }

    /** How much each pool is used. */
    public List<PoolUse> pools() {
        return List.of(work.now(), upkeep.now(), tidying.now());
    }

    /** Makes the connections, for callers that keep one of their own. */
    public Sessions sessions() {
        return sessions;
    }

    /** Runs a statement that moves jobs. */
    public <T> Mono<List<T>> work(String sql, Function<Statement, Statement> bind, Function<Readable, T> row) {
        return work(channel -> channel.rows(sql, bind, row));
    }

    /** Runs whatever it takes to move jobs on one connection, each statement a transaction of its own. */
    public <T> Mono<T> work(Function<SqlChannel, Mono<T>> body) {
        return work.use(statementTimeout, body);
    }

    /** Runs several statements in one transaction. */
    public <T> Mono<T> transaction(Function<SqlChannel, Mono<T>> body) {
        return work(channel -> transaction(
                channel.connection(),
                Mono.from(channel.connection().beginTransaction()).then(body.apply(channel))));
    }

    /** Commits what a body does after it has begun a transaction. */
    private static <T> Mono<T> transaction(Connection connection, Mono<T> begun) {
        return begun.flatMap(result -> Mono.from(connection.commitTransaction()).thenReturn(result))
                // One that cannot be rolled back is in a transaction still, and is not used again.
                .onErrorResume(error -> Mono.from(connection.rollbackTransaction())
                        .onErrorComplete()
                        .then(Mono.error(error)));
    }

    /**
     * Runs a query for people: few at a time, so that those that move jobs find a connection however slow the others are. A
     * store that has only one connection for work reads on the one that tidies.
     */
    public <T> Mono<List<T>> read(String sql, Function<Statement, Statement> bind, Function<Readable, T> row) {
        return forPeople(READING, sql, bind, row);
    }

    /** Runs a query that lists for people: like {@link #read}, but planned each time, and never by reading a table whole. */
    public <T> Mono<List<T>> list(String sql, Function<Statement, Statement> bind, Function<Readable, T> row) {
        return forPeople("BEGIN; " + LISTING + "; SET LOCAL statement_timeout = ", sql, bind, row);
    }

    private <T> Mono<List<T>> forPeople(
            String manner, String sql, Function<Statement, Statement> bind, Function<Readable, T> row) {
        Pool pool = work.size() > 1 ? work : tidying;
        return gate.pass(reading(pool, manner, statementTimeout, sql, bind, row));
    }

    /** Runs a query that reads all there is, on the connection that tidies: what it would drop is kept by such a query anyway. */
    public <T> Mono<List<T>> readAll(String sql, Function<Statement, Statement> bind, Function<Readable, T> row) {
        return reading(tidying, READING, LONG_LIMIT, sql, bind, row);
    }

    /** Runs a query for a gauge or a check, which nobody waits for long. */
    public <T> Mono<List<T>> glance(String sql, Function<Statement, Statement> bind, Function<Readable, T> row) {
        return reading(work, READING, min(UPKEEP_LIMIT, statementTimeout), sql, bind, row);
    }

    /** Runs a query that reads samples, for people who watch. */
    public <T> Mono<List<T>> sample(String sql, Function<Statement, Statement> bind, Function<Readable, T> row) {
        return gate.pass(reading(work, SAMPLING, min(UPKEEP_LIMIT, statementTimeout), sql, bind, row));
    }

    /** The server itself ends what takes too long; if it says nothing, the connection is closed a little later. */
    private static <T> Mono<List<T>> reading(
            Pool pool,
            String manner,
            Duration limit,
            String sql,
            Function<Statement, Statement> bind,
            Function<Readable, T> row) {
        String settings = manner + limit.toMillis();
        return pool.use(
                limit.plus(GRACE),
                channel -> transaction(
                        channel.connection(),
                        Sessions.set(channel.connection(), settings).then(channel.rows(sql, bind, row))));
    }

    /** Runs a sweep: on a reserved connection, and as long as work may take. */
    public <T> Mono<List<T>> sweep(String sql, Function<Statement, Statement> bind, Function<Readable, T> row) {
        return upkeep.use(statementTimeout, channel -> channel.rows(sql, bind, row));
    }

    /** Runs a step of tidying, which may take its time. */
    public <T> Mono<List<T>> tidy(String sql, Function<Statement, Statement> bind, Function<Readable, T> row) {
        return tidy(channel -> channel.rows(sql, bind, row));
    }

    /** Runs whatever it takes on the connection that tidies. */
    public <T> Mono<T> tidy(Function<SqlChannel, Mono<T>> body) {
        return tidying.use(LONG_LIMIT, body);
    }

    /** Runs a statement that must not wait behind those that move jobs. */
    public <T> Mono<List<T>> upkeep(String sql, Function<Statement, Statement> bind, Function<Readable, T> row) {
        return upkeep(channel -> channel.rows(sql, bind, row));
    }

    /** Runs whatever it takes on a connection of upkeep. */
    public <T> Mono<T> upkeep(Function<SqlChannel, Mono<T>> body) {
        return upkeep.use(min(UPKEEP_LIMIT, statementTimeout), body);
    }

    /** A connection that a caller lends for a transaction. The caller closes it. */
    public SqlChannel lent(Connection connection) {
        return lent.channel(connection);
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    /** Whether a pooler in transaction mode is between; by two connections of its own. */
    public Mono<Boolean> areShared() {
        return Mono.usingWhen(
                sessions.connect(),
                first -> Mono.usingWhen(
                        sessions.connect(),
                        second -> PoolerProbe.finds(first.connection(), second.connection()),
                        Session::close),
                Session::close);
    }

    /** Closes what is idle; what is in use is closed when its use has ended. */
    public Mono<Void> close() {
        return work.close().then(upkeep.close()).then(tidying.close()).doFinally(signal -> lent.clear());
    }
}
