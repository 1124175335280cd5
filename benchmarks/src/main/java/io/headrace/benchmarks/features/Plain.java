package io.headrace.benchmarks.features;

/** Jobs without any feature. */
record Plain() implements Feature {

    static final Feature JOBS = new Plain();

    @Override
    public String name() {
        return "plain";
    }

    @Override
    public String what() {
        return "jobs without any feature";
    }
}
