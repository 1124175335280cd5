package io.headrace.engine.schedule;

import io.headrace.NewJob;
import io.headrace.PayloadTransforms;
import io.headrace.PayloadUnreadableException;
import io.headrace.engine.client.JobEncoder;
import io.headrace.schedule.Schedule;
import io.headrace.spi.StoredSchedule.Template;
import io.headrace.spi.StoredSchedule.Terms;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The text that is stored with a declared schedule, by which the next start recognizes it: a digest of its terms, without
 * their start. Encryption gives another result each time, so the digest covers the payload before it is transformed. A short
 * payload can be guessed from its digest, so the digest is encoded like the payload. Thread-safe.
 */
final class DeclarationText {

    /** Between the header and what was encoded; neither contains it. */
    private static final char SEPARATOR = ' ';

    private final JobEncoder encoder;

    DeclarationText(JobEncoder encoder) {
        this.encoder = encoder;
    }

    String of(Schedule schedule, Terms terms) {
        NewJob<?> job = schedule.job();
        PayloadTransforms transforms = job == null ? PayloadTransforms.NONE : encoder.transforms(job);
        if (job == null || transforms.isEmpty()) {
            return digest(terms);
        }
        PayloadTransforms.Encoded encoded =
                transforms.encode(schedule.type().kind(), job.headers(), plainDigest(job, terms));
        return encoded.header() + SEPARATOR + encoded.json();
    }

    /** Whether a stored text is that of this declaration. With another key it is not, so that the payload is encoded again. */
    boolean isOf(String text, Schedule schedule, Terms terms) {
        NewJob<?> job = schedule.job();
        PayloadTransforms transforms = job == null ? PayloadTransforms.NONE : encoder.transforms(job);
        if (job == null || transforms.isEmpty()) {
            return text.equals(digest(terms));
        }
        int end = text.indexOf(SEPARATOR);
        if (end < 0) {
            return false;
        }
        try {
            String digest = transforms.decode(schedule.type().kind(), text.substring(0, end), text.substring(end + 1));
            return digest.equals(plainDigest(job, terms));
        } catch (PayloadUnreadableException e) {
            return false;
        }
    }

    /** As JSON, which is what transforms take. */
    private String plainDigest(NewJob<?> job, Terms terms) {
        Template stored = terms.job();
        Template plain = new Template(
                stored.queue(),
                stored.kind(),
                stored.priority(),
                encoder.plainPayload(job),
                stored.headers(),
                stored.maxAttempts());
        return '"' + digest(terms.withJob(plain)) + '"';
    }

    static String digest(Terms terms) {
        String all = String.join(
                "\n",
                terms.timetable(),
                terms.zone(),
                terms.jitter().toString(),
                String.valueOf(terms.misfire()),
                terms.overlap().name(),
                text(terms.job()));
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String text(Template job) {
        return String.join(
                "\n",
                job.queue(),
                job.kind(),
                String.valueOf(job.priority()),
                sorted(job.payload()),
                sorted(job.headers()),
                String.valueOf(job.maxAttempts()));
    }

    /** A Map may iterate in another order in each process, which is no other declaration. */
    private static String sorted(@Nullable String json) {
        return json == null ? "" : SortedJson.of(json);
    }
}
