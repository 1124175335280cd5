package io.headrace.postgres.diagnose;

import io.headrace.operate.Diagnosis;
import io.headrace.operate.Problem;
import io.headrace.operate.Reading;
import io.headrace.operate.Severity;
import java.util.ArrayList;
import java.util.List;

/** Collects what the checks of one diagnosis find. They run one after the other. */
final class Findings {

    private final List<Reading> readings = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    void reading(String code, String name, String value) {
        readings.add(new Reading(code, name, value));
    }

    void error(String code, String what, String remedy) {
        problems.add(new Problem(code, Severity.ERROR, what, remedy));
    }

    void warning(String code, String what, String remedy) {
        problems.add(new Problem(code, Severity.WARNING, what, remedy));
    }

    void problems(List<Problem> more) {
        problems.addAll(more);
    }

    boolean have(String code) {
        return problems.stream().anyMatch(problem -> problem.code().equals(code));
    }

    Diagnosis diagnosis() {
        return new Diagnosis(readings, problems);
    }
}
