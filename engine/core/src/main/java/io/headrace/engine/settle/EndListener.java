package io.headrace.engine.settle;

import io.headrace.spi.Verdict;

/** Is told how jobs ended, as their engine has recorded it. */
public interface EndListener {

    /** One that listens to nothing. */
    EndListener NONE = new EndListener() {
        @Override
        public boolean isListening() {
            return false;
        }

        @Override
        public void settled(long job, int attempt, Verdict verdict) {}
    };

    /** Whether it wants to be told of anything now. */
    boolean isListening();

    /** A verdict was recorded. It may be one that does not end the job. */
    void settled(long job, int attempt, Verdict verdict);
}
