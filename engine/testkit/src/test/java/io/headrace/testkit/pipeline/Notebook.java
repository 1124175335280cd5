package io.headrace.testkit.pipeline;

import io.headrace.EngineStatus;
import io.headrace.observe.AttemptEnd;
import io.headrace.observe.JobObserver;
import io.headrace.observe.StoreCall;
import io.headrace.schedule.FireCause;
import io.headrace.schedule.FireOutcome;
import io.headrace.spi.JobInspector;
import io.headrace.spi.SweepReport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Writes down what it is told of jobs, a line each; calls that found nothing to do are left out. */
final class Notebook implements JobObserver {

    final List<String> lines = new CopyOnWriteArrayList<>();

    List<String> starting(String word) {
        return lines.stream().filter(line -> line.startsWith(word)).toList();
    }

    @Override
    public void started(Supplier<EngineStatus> status, JobInspector inspector) {
        lines.add("started " + status.get().state());
    }

    @Override
    public void stopped() {
        lines.add("stopped");
    }

    @Override
    public void enqueued(String queue, String kind, boolean created) {
        lines.add("enqueued " + queue + " " + kind + " " + created);
    }

    @Override
    public void began(String queue, String kind, long waitedNanos) {
        lines.add("began " + queue + " " + kind + " " + Duration.ofNanos(waitedNanos));
    }

    @Override
    public void ended(String queue, String kind, AttemptEnd end, long ranNanos) {
        lines.add("ended " + queue + " " + kind + " " + end + " " + Duration.ofNanos(ranNanos));
    }

    @Override
    public void called(String queue, String kind, int jobs, long ranNanos) {
        lines.add("called " + queue + " " + kind + " " + jobs + " " + Duration.ofNanos(ranNanos));
    }

    @Override
    public void settled(String queue, String kind, AttemptEnd end) {
        lines.add("settled " + queue + " " + kind + " " + end);
    }

    @Override
    public void answered(StoreCall call, long jobs, Duration took) {
        if (jobs > 0) {
            lines.add("answered " + call + " " + jobs);
        }
    }

    @Override
    public void failed(StoreCall call, Throwable error, Duration took) {
        lines.add("failed " + call);
    }

    @Override
    public void leasesLost(int leases) {
        lines.add("lost " + leases);
    }

    @Override
    public void swept(SweepReport report) {
        lines.add("swept " + report.leases() + " " + report.returned() + " " + report.buried());
    }

    @Override
    public void fired(String kind, FireCause cause, FireOutcome outcome, Duration lag) {
        lines.add("fired " + kind + " " + cause + " " + outcome + " " + lag);
    }

    @Override
    public void missed(String kind, long instants) {
        lines.add("missed " + kind + " " + instants);
    }

    @Override
    public void pruned(long tombstones, long completed) {
        if (tombstones + completed > 0) {
            lines.add("pruned " + tombstones + " " + completed);
        }
    }
}
