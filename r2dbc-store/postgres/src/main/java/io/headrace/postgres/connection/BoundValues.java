package io.headrace.postgres.connection;

import io.r2dbc.spi.Result;
import io.r2dbc.spi.Statement;
import java.lang.reflect.Array;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.reactivestreams.Publisher;

/**
 * The values of a statement's parameters, by position from 0. It takes the place of the driver's statement while values are
 * bound, because their types decide which statement is used. Not thread-safe.
 */
final class BoundValues implements Statement {

    private static final String ARRAYS = "Bind arrays, one for each column, and unnest them";

    private final List<Object> values = new ArrayList<>();

    private record Null(Class<?> type) {}

    private static final Null NOT_BOUND = new Null(Void.class);

    /** The values that a function binds. */
    static BoundValues by(Function<Statement, Statement> bind) {
        return (BoundValues) bind.apply(new BoundValues());
    }

    @Override
    public BoundValues bind(int index, Object value) {
        while (values.size() <= index) {
            values.add(NOT_BOUND);
        }
        values.set(index, value);
        return this;
    }

    @Override
    public BoundValues bindNull(int index, Class<?> type) {
        return bind(index, new Null(type));
    }

    /** The type of each value, and whether it is null. */
    List<Object> signature() {
        List<Object> signature = new ArrayList<>(values.size());
        for (Object value : values) {
            signature.add(value instanceof Null ? value : value.getClass());
        }
        return signature;
    }

    /** Whether there are values, and their classes determine their types. */
    boolean areReusable() {
        for (Object value : values) {
            if (!isPlain(value)) {
                return false;
            }
        }
        return !values.isEmpty();
    }

    private static boolean isPlain(Object value) {
        return value instanceof String
                || value instanceof Number
                || value instanceof Boolean
                || value instanceof UUID
                || value instanceof Temporal
                || value instanceof Null
                || value instanceof Object[];
    }

    Statement bindTo(Statement statement) {
        Statement bound = statement;
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            if (value instanceof Null absent) {
                bound = absent.equals(NOT_BOUND) ? bound : bound.bindNull(i, absent.type);
            } else {
                bound = bound.bind(i, value);
            }
        }
        return bound;
    }

    /** Binds empty values of the same types in place of texts and arrays. */
    Statement bindEmptyTo(Statement statement) {
        Statement bound = statement;
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            if (value instanceof String text && !text.isEmpty()) {
                bound = bound.bind(i, "");
            } else if (value instanceof Object[] array && array.length > 0) {
                bound = bound.bind(i, Array.newInstance(array.getClass().getComponentType(), 0));
            }
        }
        return bound;
    }

    @Override
    public Statement bind(String name, Object value) {
        throw new UnsupportedOperationException("Bind by position");
    }

    @Override
    public Statement bindNull(String name, Class<?> type) {
        throw new UnsupportedOperationException("Bind by position");
    }

    @Override
    public Statement add() {
        throw new UnsupportedOperationException(ARRAYS);
    }

    @Override
    public Publisher<? extends Result> execute() {
        throw new UnsupportedOperationException("SqlChannel executes the statement");
    }
}
