package io.headrace.engine.run;

/** A call of a handler, for one job or for many, that waits for a thread or runs on one. */
interface HandlerCall extends Runnable {

    String kind();

    /** Its job, or the first of them. */
    long jobId();
}
