package io.headrace.benchmarks.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.headrace.benchmarks.Console;
import io.headrace.benchmarks.OneLine;
import io.headrace.benchmarks.Option;
import io.headrace.benchmarks.Options;
import io.headrace.benchmarks.Scenario;
import io.headrace.benchmarks.ShortForm;
import io.headrace.benchmarks.UsageException;
import io.headrace.benchmarks.faults.inject.FaultSorts;
import io.headrace.benchmarks.faults.worker.WorkerSettings;
import io.headrace.benchmarks.report.Environment;
import io.headrace.benchmarks.report.Results;
import io.headrace.benchmarks.server.Server;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * Worker processes that are killed, stopped and cut off, a server that goes down, a database that refuses: none of it may
 * lose a job, record one twice, or leave one in two places.
 */
public final class FaultsScenario implements Scenario {

    @Override
    public String name() {
        return "faults";
    }

    @Override
    public String summary() {
        return "worker processes and the server fail in many ways; no job may be lost or recorded twice";
    }

    @Override
    public Optional<ShortForm> shortForm() {
        return Optional.of(new ShortForm(
                2,
                "--form short",
                "--form short --jobs 300 --faults 1 --only worker-killed",
                "sorts",
                "wrongly_buried",
                "cancelled_still_running",
                "findings"));
    }

    @Override
    public List<Option> options() {
        return List.of(
                new Option("--form", "long", "long or short: what the options that are not given are"),
                new Option("--jobs", "", "how many at least (150000; 3000 if short)"),
                new Option("--rate", "", "jobs enqueued a second (350; 150 if short)"),
                new Option("--faults", "", "how many; every sort comes once before one comes twice (32; 7 if short)"),
                new Option("--only", "", "the sorts to draw from, by name, separated by commas (all; 7 if short)"),
                new Option("--workers", "", "processes (3; 2 if short)"),
                new Option("--seed", "1", "decides the order"),
                new Option("--patience", "30000", "ms to wait after a fault for what may never come"),
                new Option("--heartbeat", "500", "ms"),
                new Option("--expiry", "2000", "ms"),
                new Option("--sweep", "500", "ms"));
    }

    @Override
    public boolean run(Options options, Console console) throws UsageException, IOException {
        Optional<Path> out = options.path("--out");
        WorkerSettings.Timing timing = new WorkerSettings.Timing(
                options.millis("--heartbeat"), options.millis("--expiry"), options.millis("--sweep"));
        if (timing.expiry().compareTo(timing.heartbeat().multipliedBy(2)) < 0) {
            throw new UsageException("--expiry must be two of --heartbeat at least");
        }
        FaultForm form = form(options);
        FaultSettings.Load usual = form.load();
        FaultSettings.Load load = new FaultSettings.Load(
                options.number("--jobs", usual.jobs(), 1, 10_000_000),
                options.number("--rate", usual.jobsPerSecond(), 1, 100_000),
                options.number("--workers", usual.workers(), 2, 32));
        Duration patience = options.millis("--patience");
        int faults = options.number("--faults", form.faults(), 1, 1_000);
        int seed = options.number("--seed", 0, Integer.MAX_VALUE);
        List<Fault> sorts = FaultSorts.named(options.text("--only").or(form::sorts));
        try (Server server = Server.open(options.text("--url"));
                Site site = Site.prepare(server)) {
            Path logs = out.isPresent()
                    ? Files.createDirectories(out.get())
                    : Files.createTempDirectory("headrace-faults-");
            console.err().println("the workers log into " + logs + "; faults.log there says what happened when");
            List<String> impossible = FaultSorts.impossible(sorts, site);
            if (!impossible.isEmpty()) {
                console.err().println("left out, since this server is not ours: " + String.join(", ", impossible));
            }
            List<Fault> drawn = FaultSorts.draw(faults, sorts, site, new Random(seed));
            FaultSettings settings = new FaultSettings(load, drawn, timing, patience, seed, logs);
            FaultOutcome outcome = new FaultRun(settings, console.err()).on(site);
            FaultTable.print(outcome, console.out());
            try (PrintStream report = new PrintStream(logs.resolve("report.txt").toFile(), UTF_8)) {
                FaultTable.print(outcome, report);
            }
            if (out.isPresent()) {
                console.out().println("written to " + results(options, outcome).write(out.get()));
            }
            return outcome.isSound();
        }
    }

    private static FaultForm form(Options options) throws UsageException {
        String name = options.text("--form").orElse("long");
        return switch (name) {
            case "long" -> FaultForm.LONG;
            case "short" -> FaultForm.SHORT;
            default -> throw new UsageException("--form must be long or short, not '" + OneLine.of(name) + "'");
        };
    }

    private Results results(Options options, FaultOutcome outcome) {
        TreeMap<String, String> settings = new TreeMap<>();
        options.values().forEach((name, value) -> {
            if (!name.equals("--url") && !name.equals("--out")) {
                settings.put(name.substring(2), value);
            }
        });
        return new Results(name(), settings, Environment.of(outcome.postgres()), outcome.metrics());
    }
}
