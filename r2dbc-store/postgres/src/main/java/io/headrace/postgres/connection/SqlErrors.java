package io.headrace.postgres.connection;

import io.headrace.HeadraceException;
import io.headrace.StoreException;
import io.r2dbc.spi.R2dbcException;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** From what the driver signals to what Headrace promises: the one place where an SQLSTATE is given a meaning. */
public final class SqlErrors {

    private static final String UNDEFINED_TABLE = "42P01";
    private static final String INVALID_SCHEMA = "3F000";
    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final String DEADLOCK = "40P01";
    private static final String SERIALIZATION_FAILURE = "40001";
    private static final String OUT_OF_MEMORY = "53200";
    private static final String CANCELLED = "57014";
    private static final String CONNECTION = "08";

    private static final String READ_ONLY = "25006";

    private static final String POOLER =
            ". Connections lose their prepared statements, as behind a pooler in transaction mode. Set"
                    + " preparedStatementCacheQueries=0 in the R2DBC URL and notifications(false), see docs/guide-operating.md";

    /** A prepared statement is there that should not be, or is not there. */
    private static final Set<String> LOST_STATEMENTS = Set.of("42P05", "26000", "08P01");

    /** Classes of the standard in which the same statement fails again: data, integrity, syntax, program limits. */
    private static final Set<String> LASTING_CLASSES = Set.of("22", "23", "42", "54", "0A", "3F");

    /**
     * What a server says that is not, or not for long, the one to talk to: it refuses to write since it is a standby or was
     * demoted, or it shuts down, has crashed or has yet to come up.
     */
    private static final Set<String> ANOTHER_SERVER = Set.of(READ_ONLY, "57P01", "57P02", "57P03");

    /** Errors of the store's own, whose messages need no introduction. */
    private static final Set<Class<? extends Exception>> SAY_IT_ALL = Set.of(
            NoFreeConnectionException.class,
            TooManyReadsException.class,
            ConnectionLostException.class,
            ThrownErrorException.class,
            TimeoutException.class);

    private SqlErrors() {}

    /** What the server calls it; {@code null} if it said nothing. */
    public static @Nullable String state(Throwable error) {
        return error instanceof R2dbcException e ? e.getSqlState() : null;
    }

    /** Whether connections made before this moment are not to be used again. */
    static boolean meansAnotherServer(Throwable error) {
        return error instanceof R2dbcException e && e.getSqlState() != null && ANOTHER_SERVER.contains(e.getSqlState());
    }

    /** Whether the connection is as sound as it was: the server has answered, if only with a refusal. */
    static boolean sparesConnection(@Nullable Throwable error) {
        if (error instanceof R2dbcException e) {
            return e.getSqlState() != null && !e.getSqlState().startsWith(CONNECTION) && !meansAnotherServer(error);
        }
        return error == null
                || (error instanceof RuntimeException
                        && !(error instanceof ThrownErrorException)
                        && !(error instanceof ConnectionLostException));
    }

    /** What callers are told. */
    public static HeadraceException of(Throwable error) {
        if (error instanceof HeadraceException known) {
            return known;
        }
        String state = state(error);
        if (isUndefined(state)) {
            return new StoreException(
                    "The schema is missing or older than this version of Headrace requires (" + error.getMessage()
                            + "). Run PostgresMigrations, or the SQL that it prints",
                    false,
                    state,
                    error);
        }
        boolean passing = state == null ? !isOurs(error) : INSUFFICIENT_PRIVILEGE.equals(state) || !isLasting(state);
        return new StoreException(describe(error, state), passing, state, error);
    }

    /**
     * Whether reading a payload may have failed because of what it is: over a limit of PostgreSQL's or its or this process's
     * memory, broken, or in the words of 18 and older an internal error, "invalid memory alloc request size".
     */
    public static boolean isOverAPayload(Throwable error) {
        if (error instanceof OutOfMemoryError || error.getCause() instanceof OutOfMemoryError) {
            return true;
        }
        String state = state(error);
        return state != null && (isOfTheData(state) || OUT_OF_MEMORY.equals(state));
    }

    /** Whether a statement ran for longer than it may, by this end's clock or the server's. */
    public static boolean isOverTime(Throwable error) {
        return error instanceof TimeoutException
                || (error instanceof R2dbcException e && CANCELLED.equals(e.getSqlState()));
    }

    private static boolean isOfTheData(String state) {
        return state.startsWith("22") || state.startsWith("54") || state.startsWith("XX");
    }

    /** What a payload signals that was read by itself. Want of memory may pass. */
    public static StoreException ofPayload(Throwable error) {
        String state = state(error);
        boolean passing = state == null || !isOfTheData(state);
        return new StoreException(
                "The payload cannot be read" + (state == null ? "" : " (SQLSTATE " + state + ")") + ": "
                        + error.getMessage(),
                passing,
                state,
                error);
    }

    /** Whether a table or the schema is not there. */
    public static boolean isUndefined(@Nullable String state) {
        return UNDEFINED_TABLE.equals(state) || INVALID_SCHEMA.equals(state);
    }

    /** Whether the same again may do: two transactions were in one another's way. */
    public static boolean isDeadlock(Throwable error) {
        return error instanceof R2dbcException e
                && (DEADLOCK.equals(e.getSqlState()) || SERIALIZATION_FAILURE.equals(e.getSqlState()));
    }

    /** What no other try will mend: a value that could not be bound, an answer that could not be read. */
    private static boolean isOurs(Throwable error) {
        if (error instanceof ThrownErrorException) {
            return error.getCause() instanceof LinkageError;
        }
        return error instanceof RuntimeException
                && error.getClass().getPackageName().startsWith("java.");
    }

    private static boolean isLasting(String state) {
        return state.length() >= 2 && LASTING_CLASSES.contains(state.substring(0, 2));
    }

    private static String describe(Throwable error, @Nullable String state) {
        if (SAY_IT_ALL.stream().anyMatch(type -> type.isInstance(error))) {
            return String.valueOf(error.getMessage());
        }
        return "PostgreSQL or the connection to it failed" + (state == null ? "" : " (SQLSTATE " + state + ")") + ": "
                + message(error) + remedy(state);
    }

    /** If none of several servers could be connected to, what each of them said is beside the error, not in it. */
    private static String message(Throwable error) {
        return Stream.concat(
                        Stream.of(error), Stream.of(error.getSuppressed()).filter(R2dbcException.class::isInstance))
                .map(each -> String.valueOf(each.getMessage()))
                .collect(Collectors.joining("; "));
    }

    private static String remedy(@Nullable String state) {
        if (READ_ONLY.equals(state)) {
            return ". This server is read-only, like a standby or a demoted primary; the store reconnects until it reaches"
                    + " a primary";
        }
        if (CANCELLED.equals(state)) {
            return ". It exceeded statementTimeout, or someone cancelled it";
        }
        if (INSUFFICIENT_PRIVILEGE.equals(state)) {
            return ". Grant the role the privileges listed in docs/guide-operating.md";
        }
        if (state != null && LOST_STATEMENTS.contains(state)) {
            return POOLER;
        }
        return "";
    }
}
