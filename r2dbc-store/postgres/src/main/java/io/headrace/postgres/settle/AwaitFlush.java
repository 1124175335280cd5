package io.headrace.postgres.settle;

import io.headrace.postgres.sql.Parameters;
import io.headrace.spi.Settlement;
import io.headrace.spi.Verdict;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Statement;
import java.util.List;
import java.util.Objects;

/** Jobs of one flush that are to wait for signals, in the form of {@code await.sql}. */
final class AwaitFlush {

    private static final long NONE = 0;

    private final List<Settlement> settlements;

    /** @param settlements all with the verdict {@link Verdict.Awaiting}, each job of a lease once */
    AwaitFlush(List<Settlement> settlements) {
        this.settlements = settlements;
    }

    Statement bind(Statement statement, long worker) {
        return new Parameters(statement)
                .value(worker)
                .longs(settlements, Settlement::lease)
                .longs(settlements, Settlement::job)
                .texts(settlements, each -> wait(each).key())
                .longs(settlements, each -> wait(each).timeout().toNanos() / 1_000)
                .statement();
    }

    private static Verdict.Awaiting wait(Settlement settlement) {
        return (Verdict.Awaiting) settlement.verdict();
    }

    /** The number of one that was late, from 1 up. */
    static long late(Readable row) {
        return Objects.requireNonNullElse(row.get("nr", Long.class), NONE);
    }

    List<Settlement> late(List<Long> numbers) {
        return numbers.stream()
                .filter(number -> number != NONE)
                .map(number -> settlements.get((int) (number - 1)))
                .toList();
    }
}
