package io.headrace.postgres.diagnose;

import io.headrace.postgres.sql.Columns;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Who holds back the removal of dead rows, and for how long. */
final class HorizonCheck implements Check {

    /** A replication slot does not tell since when it holds back dead rows, only for how many transactions. */
    private static final long MOST_TRANSACTIONS = 1_000_000;

    private final Queries queries;
    private final Duration longest;

    /** @param sort what it is; {@code null} if there is none */
    private record Holder(
            @Nullable String sort,
            @Nullable String name,
            @Nullable Integer pid,
            @Nullable String state,
            @Nullable Duration since,
            long age,
            boolean seesAll) {

        String words() {
            String named = name == null || name.isEmpty() ? "(unnamed)" : "'" + name + "'";
            return switch (String.valueOf(sort)) {
                case "PREPARED" -> "prepared transaction " + named;
                case "SLOT" -> "replication slot " + named + " (" + state + ")";
                default -> "session " + named + " with pid " + pid + " (" + state + ")";
            };
        }

        String remedy() {
            return switch (String.valueOf(sort)) {
                case "PREPARED" -> "Run COMMIT PREPARED or ROLLBACK PREPARED '" + name + "'";
                case "SLOT" -> "Let its consumer catch up, or drop it: SELECT pg_drop_replication_slot('" + name + "')";
                default ->
                    "End its transaction: commit in the application, or run SELECT pg_terminate_backend(" + pid
                            + "). Set idle_in_transaction_session_timeout if this happens again";
            };
        }

        String span() {
            return (since == null ? "" : Words.of(since) + ", ") + Words.count(age) + " transactions";
        }
    }

    /** @param longest how long a transaction may hold back the removal of dead rows before it is a problem */
    HorizonCheck(Queries queries, Duration longest) {
        this.queries = queries;
        this.longest = longest;
    }

    @Override
    public Mono<Void> run(Findings findings) {
        return queries.rows("diagnose/horizon", HorizonCheck::holder)
                .doOnNext(holders -> judge(findings, holders))
                .then();
    }

    private static Holder holder(Readable row) {
        Long since = row.get("since_ms", Long.class);
        return new Holder(
                row.get("sort", String.class),
                row.get("name", String.class),
                row.get("pid", Integer.class),
                row.get("state", String.class),
                since == null ? null : Duration.ofMillis(since),
                Optional.ofNullable(row.get("age", Integer.class)).orElse(0),
                Columns.flag(row, "sees_all"));
    }

    private void judge(Findings findings, List<Holder> rows) {
        List<Holder> holders =
                rows.stream().filter(holder -> holder.sort != null).toList();
        boolean seesAll = rows.get(0).seesAll;
        String limited = seesAll ? "" : ". Sessions of other roles are not visible without GRANT pg_read_all_stats";
        findings.reading(
                "OLDEST_SNAPSHOT",
                "oldest snapshot",
                holders.isEmpty()
                        ? "none" + limited
                        : holders.get(0).span() + ": " + holders.get(0).words() + limited);
        for (Holder holder : holders) {
            if (isOld(holder)) {
                findings.warning(
                        "OLD_SNAPSHOT",
                        "A " + holder.words() + " has kept dead rows from being removed for " + holder.span()
                                + ". The tables grow, and reads of waiting jobs become slower",
                        holder.remedy());
            }
        }
    }

    private boolean isOld(Holder holder) {
        return holder.since == null ? holder.age > MOST_TRANSACTIONS : holder.since.compareTo(longest) > 0;
    }
}
