package io.headrace.spring.handler;

import io.headrace.BatchSettings;
import io.headrace.HeadraceException;
import io.headrace.JobHandler;
import io.headrace.JobType;
import io.headrace.RetryPolicy;
import io.headrace.spring.HandlesJob;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.ResolvableType;

/** What an annotation says, its placeholders resolved. */
final class Settings {

    private final ConfigurableListableBeanFactory beans;
    private final HandlesJob annotation;
    private final String where;

    Settings(ConfigurableListableBeanFactory beans, HandlesJob annotation, String where) {
        this.beans = beans;
        this.annotation = annotation;
        this.where = where;
    }

    JobType<Object> type(ResolvableType payload) {
        String kind = resolve(annotation.value());
        try {
            return JobType.ofGeneric(kind, payload.getType());
        } catch (HeadraceException e) {
            throw Unusable.setting(where, "value", kind, "a kind, of 1 to 100 characters", e);
        }
    }

    /** Whether it says that many jobs are handled in one call. */
    boolean areOfBatch() {
        return !annotation.most().isEmpty() || !annotation.longestWait().isEmpty();
    }

    /** Whether the handler runs in a transaction, in which the job is completed. */
    boolean areTransactional() {
        return annotation.transactional();
    }

    /** What is around each call in a transaction; {@code null} if the jobs are not in a database. */
    @Nullable
    InTransaction transaction() {
        return InTransaction.of(beans, where);
    }

    /** How many jobs a call gets, and how long they wait. */
    UnaryOperator<BatchSettings> batch() {
        return defaults -> longestWait(most(defaults));
    }

    private BatchSettings most(BatchSettings settings) {
        String text = resolve(annotation.most());
        if (text.isEmpty()) {
            return settings;
        }
        try {
            return settings.most(Integer.parseInt(text));
        } catch (NumberFormatException | HeadraceException e) {
            throw Unusable.setting(where, "most", text, "a number from 1 to 10,000", e);
        }
    }

    private BatchSettings longestWait(BatchSettings settings) {
        String text = resolve(annotation.longestWait());
        if (text.isEmpty()) {
            return settings;
        }
        try {
            return settings.wait(DurationStyle.detectAndParse(text));
        } catch (IllegalArgumentException | HeadraceException e) {
            throw Unusable.setting(where, "longestWait", text, "a duration from 0s to 1m", e);
        }
    }

    /** The handler with its timeout, and with a policy of its own if it says how many attempts. */
    <T> JobHandler<T> apply(JobHandler<T> handler, RetryPolicy base) {
        return attempts(timeout(handler), base);
    }

    private <T> JobHandler<T> timeout(JobHandler<T> handler) {
        String text = resolve(annotation.timeout());
        if (text.isEmpty()) {
            return handler;
        }
        try {
            return handler.timeout(DurationStyle.detectAndParse(text));
        } catch (IllegalArgumentException | HeadraceException e) {
            throw Unusable.setting(where, "timeout", text, "a positive duration such as 30s or PT5M", e);
        }
    }

    private <T> JobHandler<T> attempts(JobHandler<T> handler, RetryPolicy base) {
        String text = resolve(annotation.maxAttempts());
        if (text.isEmpty()) {
            return handler;
        }
        try {
            return handler.retry(base.maxAttempts(Integer.parseInt(text)));
        } catch (NumberFormatException | HeadraceException e) {
            throw Unusable.setting(where, "maxAttempts", text, "a number from 1 to 1,000", e);
        }
    }

    private String resolve(String text) {
        String resolved = beans.resolveEmbeddedValue(text);
        return resolved == null ? "" : resolved.strip();
    }
}
