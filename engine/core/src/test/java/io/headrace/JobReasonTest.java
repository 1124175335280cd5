package io.headrace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What reasons are called, and how they read. */
class JobReasonTest {

    private static final Instant NOON = Instant.parse("2026-07-01T12:00:00Z");
    private static final AttemptFailure FAILURE =
            new AttemptFailure(2, NOON, "java.io.IOException", "connection reset", null, null, null);

    static Stream<Arguments> reasons() {
        return Stream.of(
                Arguments.of(new JobReason.NotDue(NOON), "NOT_DUE", "It is not due before 2026-07-01T12:00:00Z."),
                Arguments.of(
                        new JobReason.WaitsForRetry(NOON, 3, FAILURE),
                        "WAITS_FOR_RETRY",
                        "It waits until 2026-07-01T12:00:00Z for attempt 3. Attempt 2 failed at 2026-07-01T12:00:00Z with"
                                + " java.io.IOException: connection reset."),
                Arguments.of(
                        new JobReason.QueuePaused("mill", NOON),
                        "QUEUE_PAUSED",
                        "The queue 'mill' has been paused since 2026-07-01T12:00:00Z."),
                Arguments.of(
                        new JobReason.NoEngineOnQueue("mill"),
                        "NO_ENGINE_ON_QUEUE",
                        "No running engine works on the queue 'mill'."),
                Arguments.of(
                        new JobReason.NoEngineKnowsKind("mill", "grind", 1),
                        "NO_ENGINE_KNOWS_KIND",
                        "The only running engine on the queue 'mill' has no handler for the kind 'grind'."),
                Arguments.of(
                        new JobReason.NoEngineKnowsKind("mill", "grind", 3),
                        "NO_ENGINE_KNOWS_KIND",
                        "None of the 3 running engines on the queue 'mill' has a handler for the kind 'grind'."),
                Arguments.of(
                        new JobReason.EnginesBusy("mill", 2, 150, 128),
                        "ENGINES_BUSY",
                        "All handlers for the queue 'mill' are busy: 2 engines run 128 jobs at once and hold 150."),
                Arguments.of(
                        new JobReason.Suspected(false),
                        "SUSPECTED",
                        "The process that ran it was lost, so it runs together with few other jobs."),
                Arguments.of(
                        new JobReason.Suspected(true),
                        "SUSPECTED",
                        "The process that ran it was lost, more than once, so an engine runs it only while it has no other"
                                + " such job."),
                Arguments.of(
                        new JobReason.Due(NOON, 1),
                        "DUE",
                        "It has been due since 2026-07-01T12:00:00Z. 1 engine can run it and has free handlers."),
                Arguments.of(
                        new JobReason.Due(NOON, 2),
                        "DUE",
                        "It has been due since 2026-07-01T12:00:00Z. 2 engines can run it and have free handlers."),
                Arguments.of(
                        new JobReason.Leased("0000000000001", "east", NOON, NOON, 2, true),
                        "LEASED",
                        "Attempt 2 was leased by worker 0000000000001 of engine 'east' at 2026-07-01T12:00:00Z. The worker"
                                + " is silent: its process has died or cannot reach the database."),
                Arguments.of(
                        new JobReason.Leased("0000000000001", null, NOON, NOON, 2, false),
                        "LEASED",
                        "Attempt 2 was leased by worker 0000000000001 at 2026-07-01T12:00:00Z."),
                Arguments.of(new JobReason.Completed(), "COMPLETED", "It has completed."),
                Arguments.of(
                        new JobReason.Ended(JobState.FAILED, NOON, 2, FAILURE),
                        "FAILED",
                        "It has failed. Attempt 2 failed at 2026-07-01T12:00:00Z with java.io.IOException: connection"
                                + " reset."),
                Arguments.of(
                        new JobReason.Ended(JobState.DISCARDED, NOON, 2, FAILURE),
                        "DISCARDED",
                        "It was discarded. Attempt 2 failed at 2026-07-01T12:00:00Z with java.io.IOException: connection"
                                + " reset."),
                Arguments.of(
                        new JobReason.Ended(JobState.CANCELLED, NOON, 2, FAILURE),
                        "CANCELLED",
                        "It was cancelled at 2026-07-01T12:00:00Z: connection reset."),
                Arguments.of(
                        new JobReason.Pruned(JobState.DISCARDED),
                        "PRUNED",
                        "It ended as discarded and was removed after its retention."),
                Arguments.of(new JobReason.Unknown(), "UNKNOWN", "There is no job with this id."));
    }

    @ParameterizedTest
    @MethodSource("reasons")
    void readsAsASentence(JobReason reason, String code, String sentence) {
        assertThat(reason.code()).isEqualTo(code);
        assertThat(reason.describe()).isEqualTo(sentence);
        assertThat(reason.whatNext()).endsWith(".");
    }

    @Test
    void severalReadAsSeveralSentences() {
        JobExplanation explanation = new JobExplanation(
                new JobId(1), new JobReason.NotDue(NOON), List.of(new JobReason.NoEngineOnQueue("mill")));

        assertThat(explanation.describe())
                .isEqualTo("It is not due before 2026-07-01T12:00:00Z. No running engine works on the queue 'mill'.");
    }
}
