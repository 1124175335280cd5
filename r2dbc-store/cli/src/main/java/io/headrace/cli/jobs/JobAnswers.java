package io.headrace.cli.jobs;

import io.headrace.JobId;
import io.headrace.cli.print.Fields;
import io.headrace.cli.print.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** What was answered for each of several jobs, as rows and as JSON. */
record JobAnswers<A>(Map<JobId, A> byJob) {

    /** Asks about one job after the other, about each once. */
    static <A> JobAnswers<A> of(List<JobId> ids, Function<JobId, A> ask) {
        Map<JobId, A> byJob = new LinkedHashMap<>();
        ids.forEach(id -> byJob.computeIfAbsent(id, ask));
        return new JobAnswers<>(byJob);
    }

    Table table(Function<A, ?> word) {
        Table table = new Table("JOB", "ANSWER");
        byJob.forEach((id, answer) -> table.row(id, word.apply(answer)));
        return table;
    }

    /** @param field the name of the answer */
    Fields json(String field) {
        return new Fields()
                .with(
                        "jobs",
                        byJob.entrySet().stream()
                                .map(each ->
                                        new Fields().with("id", each.getKey()).with(field, each.getValue()))
                                .toList());
    }

    boolean allMatch(Predicate<A> wanted) {
        return byJob.values().stream().allMatch(wanted);
    }
}
