package io.headrace.engine.step;

import io.headrace.engine.lease.LeasedJob;
import io.headrace.spi.NewCursor;

/** A cursor on its way to the store. */
final class Moving extends Sending<NewCursor> {

    private final KnownSteps known;
    private final long nr;
    private final String value;

    Moving(LeasedJob job, KnownSteps known, String value) {
        super(job);
        this.known = known;
        this.nr = known.nextCursor();
        this.value = value;
    }

    Moving later(Moving other) {
        return other.nr > nr ? other : this;
    }

    @Override
    long length() {
        return value.length();
    }

    @Override
    String what() {
        return "the cursor";
    }

    @Override
    NewCursor toSend(long lease) {
        return new NewCursor(lease, job().job().id(), nr, known.cursorNr(), value);
    }

    @Override
    void sent() {
        known.movedTo(nr, value);
    }
}
