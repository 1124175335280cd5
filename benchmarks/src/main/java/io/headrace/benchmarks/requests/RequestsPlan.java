package io.headrace.benchmarks.requests;

import io.headrace.benchmarks.latency.Latencies;
import io.headrace.benchmarks.report.Bars;
import io.headrace.benchmarks.report.Measurements;
import io.headrace.benchmarks.report.Metric;
import io.headrace.benchmarks.report.Plot;
import io.headrace.benchmarks.run.Bench;
import io.headrace.benchmarks.run.Plan;
import io.headrace.benchmarks.run.Waiting;
import io.headrace.benchmarks.server.FreshDatabase;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/**
 * A run warms each endpoint of its service up, then asks all of them in turns, slice by slice, so that what the machine does
 * meanwhile is shared out.
 */
final class RequestsPlan implements Plan {

    private static final int SLICES = 4;
    private static final double P999 = 99.9;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final int rate;
    private final Duration warmUp;
    private final Limits limits;

    /** @param warmUp of each endpoint, in each run: the JIT is at it for longer than one would think */
    RequestsPlan(int rate, Duration warmUp, Limits limits) {
        this.rate = rate;
        this.warmUp = warmUp;
        this.limits = limits;
    }

    /**
     * What there is during a run.
     *
     * @param jobs how many were enqueued
     */
    private record Service(FreshDatabase database, AppJvm app, OpenRequests requests, AtomicLong jobs)
            implements AutoCloseable {
        @Override
        public void close() {
            requests.close();
            app.close();
            database.close();
        }
    }

    @Override
    public int steps() {
        return (1 + SLICES) * Endpoint.values().length + limits.steps();
    }

    @Override
    public int warmUpSteps() {
        return 0;
    }

    /** Each run warms its own service up. */
    @Override
    public void warmUp(Bench bench) {}

    @Override
    public void run(Bench bench, Measurements measured) throws Exception {
        Map<Endpoint, Histogram> took = new EnumMap<>(Endpoint.class);
        try (Service service = open(bench)) {
            for (Endpoint endpoint : Endpoint.values()) {
                bench.step("warm-up, " + endpoint.path());
                long sent = service.requests().hurry(endpoint.path(), warmUp);
                service.jobs().addAndGet(endpoint == Endpoint.JOB ? sent : 0);
            }
            awaitJobs(service);
            ask(bench, service, took);
            limits.find((endpoint, atRate, requests) -> ask(bench, service, endpoint, atRate, requests))
                    .forEach((endpoint, limit) -> measured.add(limit(endpoint), limit, "requests/s"));
        }
        took.forEach((endpoint, histogram) -> add(measured, endpoint, histogram));
        measured.add(
                "request_p50_overhead_ms",
                measured.last(name(Endpoint.JOB, "p50")) - measured.last(name(Endpoint.ROW, "p50")),
                "ms");
        measured.addRatio("request_limit_with_job_over_row", limit(Endpoint.JOB), limit(Endpoint.ROW));
        measured.addRatio("request_limit_with_job_over_transaction", limit(Endpoint.JOB), limit(Endpoint.TRANSACTION));
        measured.addRatio("request_p99_with_job_over_row", name(Endpoint.JOB, "p99"), name(Endpoint.ROW, "p99"));
        measured.addRatio(
                "request_p99_with_job_over_transaction", name(Endpoint.JOB, "p99"), name(Endpoint.TRANSACTION, "p99"));
    }

    private Service open(Bench bench) throws IOException {
        FreshDatabase database = bench.database();
        try {
            database.sql()
                    .run("CREATE TABLE request_row (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, text text)");
            AppJvm app = AppJvm.start(database);
            OpenRequests requests =
                    new OpenRequests(app.port(), bench.settings().payloadBytes());
            return new Service(database, app, requests, new AtomicLong());
        } catch (IOException | RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private void ask(Bench bench, Service service, Map<Endpoint, Histogram> took) throws InterruptedException {
        List<Endpoint> order = new ArrayList<>(EnumSet.allOf(Endpoint.class));
        int each = Math.max(1, bench.settings().jobs() / SLICES);
        for (int slice = 0; slice < SLICES; slice++) {
            for (Endpoint endpoint : order) {
                Histogram more = ask(bench, service, endpoint, rate, each);
                took.merge(endpoint, more, (sum, other) -> {
                    sum.add(other);
                    return sum;
                });
            }
            Collections.rotate(order, 1);
        }
    }

    private static Histogram ask(Bench bench, Service service, Endpoint endpoint, int rate, int requests)
            throws InterruptedException {
        bench.step(endpoint.path() + " at " + rate + "/s");
        Histogram took = service.requests().post(endpoint.path(), rate, requests);
        service.jobs().addAndGet(endpoint == Endpoint.JOB ? requests : 0);
        awaitJobs(service);
        return took;
    }

    /** What one endpoint has left over is not to burden the next. */
    private static void awaitJobs(Service service) {
        String expected = service.jobs().toString();
        Waiting.require(
                "every job has completed",
                PATIENCE,
                () -> service.requests().get("/audit").equals(expected));
    }

    private static void add(Measurements measured, Endpoint endpoint, Histogram took) {
        Latencies.add(measured, prefix(endpoint), took, "");
        measured.add(name(endpoint, "p999"), Latencies.at(took, P999), "ms");
    }

    private static String name(Endpoint endpoint, String what) {
        return prefix(endpoint) + "_" + what + "_ms";
    }

    private static String limit(Endpoint endpoint) {
        return prefix(endpoint) + "_limit_per_s";
    }

    private static String prefix(Endpoint endpoint) {
        return "request_" + endpoint.metric();
    }

    @Override
    public List<Plot> plots(Map<String, Metric> metrics) {
        Map<String, Metric> bars = new LinkedHashMap<>();
        for (Endpoint endpoint : Endpoint.values()) {
            Metric bar = metrics.get(name(endpoint, "p99"));
            if (bar != null) {
                bars.put(endpoint.path(), bar);
            }
        }
        return List.of(new Bars("requests", "Requests, 99 of 100 within", bars, false));
    }
}
