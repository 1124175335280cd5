package io.headrace.engine;

import io.headrace.JobOperator;
import io.headrace.engine.client.OperatorDesk;
import io.headrace.schedule.ScheduleOperator;
import io.headrace.spi.JobStore;

/** The operator: what the road has to be operated, and the operators of features. */
final class Desk extends OperatorDesk implements JobOperator {

    private final ScheduleOperator schedules;

    Desk(JobStore store, Runnable cancelledWhileLeased, ScheduleOperator schedules) {
        super(store, cancelledWhileLeased);
        this.schedules = schedules;
    }

    @Override
    public ScheduleOperator schedules() {
        return schedules;
    }
}
