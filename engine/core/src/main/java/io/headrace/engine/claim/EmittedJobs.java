package io.headrace.engine.claim;

/** Jobs that a claimer has emitted, and that may wait for others before a handler has them. */
public interface EmittedJobs {

    /** None of them waits. */
    EmittedJobs NONE = new EmittedJobs() {
        @Override
        public void allCame() {}

        @Override
        public void handBack() {}
    };

    /** All that was ready to be emitted has been. */
    void allCame();

    /** Hands back those that still wait, uncharged: the claimer has stopped, or its queue is paused. */
    void handBack();
}
