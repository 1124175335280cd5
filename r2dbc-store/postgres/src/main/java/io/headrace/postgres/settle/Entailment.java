package io.headrace.postgres.settle;

import io.headrace.JobId;
import io.headrace.postgres.enqueue.EnqueueBlocks;
import io.headrace.postgres.enqueue.SetKey;
import io.headrace.postgres.sql.Parameters;
import io.headrace.spi.EncodedJob;
import io.headrace.spi.Settlement;
import io.headrace.spi.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the outcomes of one flush entail, in the form of {@code settle_with.sql}. */
final class Entailment {

    private final List<Result> results = new ArrayList<>();
    private final Map<SetKey, List<Next>> sets = new LinkedHashMap<>();
    private int jobs;
    private long length;
    private boolean keyed;

    private record Result(Settlement settlement, String json) {}

    private record Next(Settlement settlement, EncodedJob job) {}

    private record Row(int set, Next next) {}

    private Entailment(List<Settlement> entailing) {
        for (Settlement settlement : entailing) {
            if (settlement.verdict() instanceof Verdict.CompletedWith with) {
                if (with.result() != null) {
                    results.add(new Result(settlement, with.result()));
                }
                for (EncodedJob job : with.next()) {
                    sets.computeIfAbsent(SetKey.of(job), set -> new ArrayList<>())
                            .add(new Next(settlement, job));
                    jobs++;
                    length += job.length();
                    keyed |= job.key() != null;
                }
            }
        }
    }

    /** What settlements entail; {@code null} if that takes more than one statement. */
    static @Nullable Entailment ifOneStatement(List<Settlement> entailing) {
        Entailment all = new Entailment(entailing);
        boolean fits = !all.keyed && all.jobs <= JobId.BLOCK_SIZE && all.length <= EnqueueBlocks.MOST_LENGTH;
        return fits ? all : null;
    }

    /** Binds the parameters that {@code settle.sql} does not have. */
    Parameters bind(Parameters parameters) {
        List<SetKey> keys = List.copyOf(sets.keySet());
        List<Row> rows = rows();
        return parameters
                .longs(results, result -> result.settlement().lease())
                .longs(results, result -> result.settlement().job())
                .texts(results, Result::json)
                .texts(keys, SetKey::queue)
                .texts(keys, SetKey::kind)
                .shorts(keys, SetKey::priority)
                .longs(keys, key -> key.delay().toNanos() / 1_000)
                .moments(keys, SetKey::runAt)
                .longs(rows, row -> row.next().settlement().lease())
                .longs(rows, row -> row.next().settlement().job())
                .integers(rows, Row::set)
                .texts(rows, row -> row.next().job().payload())
                .texts(rows, row -> row.next().job().headers())
                .shorts(rows, row -> row.next().job().maxAttempts());
    }

    /** Set by set, numbered from 1. */
    private List<Row> rows() {
        List<Row> rows = new ArrayList<>(jobs);
        int set = 0;
        for (List<Next> members : sets.values()) {
            set++;
            for (Next next : members) {
                rows.add(new Row(set, next));
            }
        }
        return rows;
    }
}
