package io.headrace.testkit.memory.places;

import java.util.Comparator;

/** By what jobs are counted. */
public record QueueAndKind(String queue, String kind) {

    public static final Comparator<QueueAndKind> BY_NAME =
            Comparator.comparing(QueueAndKind::queue).thenComparing(QueueAndKind::kind);

    public static QueueAndKind of(StoredJob job) {
        return new QueueAndKind(job.content().queue(), job.content().kind());
    }
}
