package io.headrace.benchmarks.memory;

import io.headrace.JobType;
import java.util.List;

/** A payload that is long, and as an object several times as long. */
record Load(List<Line> lines) {

    static final JobType<Load> TYPE = JobType.of("load", Load.class);

    /** How many bytes of JSON a line has, about. */
    static final int LINE_BYTES = 77;

    record Line(int id, String customer, String town, double amount) {}
}
