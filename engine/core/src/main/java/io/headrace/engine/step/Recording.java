package io.headrace.engine.step;

import io.headrace.engine.lease.LeasedJob;
import io.headrace.spi.NewStep;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A step on its way to the store. */
final class Recording extends Sending<NewStep> {

    private final KnownSteps known;
    private final String name;
    private final @Nullable String value;
    private final Duration took;

    /** @param known is told when it is recorded */
    Recording(LeasedJob job, KnownSteps known, String name, @Nullable String value, Duration took) {
        super(job);
        this.known = known;
        this.name = name;
        this.value = value;
        this.took = took;
    }

    String name() {
        return name;
    }

    @Override
    void sent() {
        known.recorded(name, value);
    }

    @Override
    void failed(Throwable error) {
        known.notRecorded(name);
        super.failed(error);
    }

    @Override
    long length() {
        return name.length() + (value == null ? 0L : value.length());
    }

    @Override
    String what() {
        return "step '" + name + "'";
    }

    @Override
    NewStep toSend(long lease) {
        return new NewStep(lease, job().job().id(), name, value, took);
    }
}
