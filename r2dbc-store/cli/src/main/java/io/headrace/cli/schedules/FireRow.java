package io.headrace.cli.schedules;

import io.headrace.cli.print.Fields;
import io.headrace.cli.print.Table;
import io.headrace.schedule.FireSnapshot;

/** A fire, as a row and as JSON. */
final class FireRow {

    private FireRow() {}

    static Table table() {
        return new Table("AT", "FIRED", "CAUSE", "OUTCOME", "JOB", "JOB STATE", "PASSED OVER", "PROBLEM");
    }

    static void add(Table table, FireSnapshot fire) {
        table.row(
                fire.at(),
                fire.firedAt(),
                fire.cause(),
                fire.outcome(),
                fire.job(),
                fire.state(),
                fire.passedOver(),
                fire.problem());
    }

    static Fields json(FireSnapshot fire) {
        return new Fields()
                .with("schedule", fire.schedule())
                .with("at", fire.at())
                .with("firedAt", fire.firedAt())
                .with("cause", fire.cause())
                .with("outcome", fire.outcome())
                .with("passedOver", fire.passedOver())
                .with("job", fire.job())
                .with("jobState", fire.state())
                .with("problem", fire.problem());
    }
}
