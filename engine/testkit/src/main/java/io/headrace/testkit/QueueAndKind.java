package io.headrace.testkit;

import java.util.Comparator;

/** By what jobs are counted. */
record QueueAndKind(String queue, String kind) {

    static final Comparator<QueueAndKind> BY_NAME =
            Comparator.comparing(QueueAndKind::queue).thenComparing(QueueAndKind::kind);

    static QueueAndKind of(StoredJob job) {
        return new QueueAndKind(job.content().queue(), job.content().kind());
    }
}
