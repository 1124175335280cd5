package io.headrace.postgres.sql;

import io.r2dbc.spi.Statement;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Binds a statement's parameters one after the other: arrays with a value of every element, and single values. */
public final class Parameters {

    private Statement statement;
    private int next;

    public Parameters(Statement statement) {
        this.statement = statement;
    }

    public <T> Parameters texts(List<T> of, Function<? super T, @Nullable String> value) {
        return bind(of, value, String[]::new);
    }

    public <T> Parameters moments(List<T> of, Function<? super T, @Nullable Instant> value) {
        return texts(of, each -> {
            Instant moment = value.apply(each);
            return moment == null ? null : moment.toString();
        });
    }

    public <T> Parameters longs(List<T> of, Function<? super T, @Nullable Long> value) {
        return bind(of, value, Long[]::new);
    }

    public <T> Parameters integers(List<T> of, Function<? super T, @Nullable Integer> value) {
        return bind(of, value, Integer[]::new);
    }

    public <T> Parameters shorts(List<T> of, Function<? super T, @Nullable Integer> value) {
        return bind(
                of,
                each -> {
                    Integer number = value.apply(each);
                    return number == null ? null : number.shortValue();
                },
                Short[]::new);
    }

    public <T> Parameters flags(List<T> of, Function<? super T, @Nullable Boolean> value) {
        return bind(of, value, Boolean[]::new);
    }

    private <T, V> Parameters bind(List<T> of, Function<? super T, @Nullable V> value, IntFunction<V[]> array) {
        V[] values = array.apply(of.size());
        for (int at = 0; at < values.length; at++) {
            values[at] = value.apply(of.get(at));
        }
        return value(values);
    }

    /** A parameter as it is. */
    public Parameters value(Object value) {
        statement = statement.bind(next++, value);
        return this;
    }

    /** A parameter as it is, or null. */
    public <V> Parameters valueOrNull(@Nullable V value, Class<V> type) {
        statement = value == null ? statement.bindNull(next++, type) : statement.bind(next++, value);
        return this;
    }

    public Parameters textOrNull(@Nullable String text) {
        return valueOrNull(text, String.class);
    }

    /** With all of them bound. */
    public Statement statement() {
        return statement;
    }
}
