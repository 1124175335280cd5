package io.headrace.benchmarks.schedules;

import io.headrace.benchmarks.Console;
import io.headrace.benchmarks.OneLine;
import io.headrace.benchmarks.Option;
import io.headrace.benchmarks.Options;
import io.headrace.benchmarks.Scenario;
import io.headrace.benchmarks.ShortForm;
import io.headrace.benchmarks.UsageException;
import io.headrace.benchmarks.report.Environment;
import io.headrace.benchmarks.report.Progress;
import io.headrace.benchmarks.report.Results;
import io.headrace.benchmarks.server.Server;
import io.headrace.benchmarks.server.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Schedules under faults, and what they take when nothing goes wrong. */
public final class SchedulesScenario implements Scenario {

    private static final String FORM = "--form";
    private static final String ENGINES = "--engines";
    private static final String SCHEDULES = "--schedules";
    private static final String FIRES = "--fires";
    private static final String SEED = "--seed";
    private static final String ONLY = "--only";

    @Override
    public String name() {
        return "schedules";
    }

    @Override
    public String summary() {
        return "schedules under faults, none missed and none doubled; how late they are, and what they cost";
    }

    @Override
    public Optional<ShortForm> shortForm() {
        return Optional.of(new ShortForm(
                3,
                "--form short",
                "--form short --only lag",
                "missed",
                "doubled",
                "lag_p50_ms",
                "lag_p99_ms",
                "wal_bytes_per_fire"));
    }

    @Override
    public List<Option> options() {
        return List.of(
                new Option(FORM, "long", "long or short: how much each trial is"),
                new Option(ONLY, "", "trials, separated by commas: faults, lag, idle, same-second (all)"),
                new Option(ENGINES, "", "engine processes under faults (5; 3 if short)"),
                new Option(SCHEDULES, "", "schedules under faults, each fires every second (1000; 200 if short)"),
                new Option(FIRES, "", "fires under faults, at least (110000; 4000 if short)"),
                new Option(SEED, "1", "decides which engines are killed, and when in a second schedules fire"));
    }

    @Override
    public boolean run(Options options, Console console) throws UsageException, IOException {
        Optional<Path> out = options.path("--out");
        SchedulesForm form = form(options);
        FaultsTrial.Load usual = form.load();
        FaultsTrial.Load load = new FaultsTrial.Load(
                options.number(ENGINES, usual.engines(), 2, 16),
                options.number(SCHEDULES, usual.schedules(), 1, 100_000),
                options.number(FIRES, usual.fires(), 1, 100_000_000),
                usual.outages(),
                usual.killsAgain());
        int seed = options.number(SEED, 0, Integer.MAX_VALUE);
        Path logs = out.isPresent() ? out.get() : Files.createTempDirectory("headrace-schedules-");
        List<ScheduleTrial> trials = new ArrayList<>();
        trials.add(new FaultsTrial(load, seed, logs));
        trials.addAll(form.quiet());
        List<ScheduleTrial> chosen = chosen(trials, options.text(ONLY));
        Files.createDirectories(logs);
        try (Server server = Server.open(options.text("--url"))) {
            console.err().println("the engines log into " + logs);
            SchedulesOutcome outcome = run(chosen, server, console);
            outcome.lines().forEach(console.out()::println);
            if (out.isPresent()) {
                console.out()
                        .println("written to "
                                + results(options, server, outcome).write(out.get()));
            }
            return outcome.isSound();
        }
    }

    private static SchedulesOutcome run(List<ScheduleTrial> trials, Server server, Console console) {
        TrialLog log = new TrialLog();
        try (Progress progress = new Progress(console.err(), log::line)) {
            for (ScheduleTrial trial : trials) {
                log.begin(trial.name());
                try {
                    trial.run(server, log);
                } catch (RuntimeException e) {
                    // What the other trials measure is worth reporting.
                    log.find("broke off: " + OneLine.of(e));
                }
                progress.say(trial.name() + " is over");
            }
        }
        return SchedulesOutcome.of(log);
    }

    private static SchedulesForm form(Options options) throws UsageException {
        String name = options.text(FORM).orElse("long");
        return switch (name) {
            case "long" -> SchedulesForm.LONG;
            case "short" -> SchedulesForm.SHORT;
            default -> throw new UsageException(FORM + " must be long or short, not '" + OneLine.of(name) + "'");
        };
    }

    private static List<ScheduleTrial> chosen(List<ScheduleTrial> all, Optional<String> names) throws UsageException {
        if (names.isEmpty()) {
            return all;
        }
        List<ScheduleTrial> chosen = new ArrayList<>();
        for (String name : Arrays.asList(names.get().split(",", -1))) {
            chosen.add(all.stream()
                    .filter(trial -> trial.name().equals(name.strip()))
                    .findFirst()
                    .orElseThrow(() -> new UsageException(ONLY + ": there is no trial '" + OneLine.of(name) + "', but "
                            + all.stream().map(ScheduleTrial::name).collect(Collectors.joining(", ")))));
        }
        return chosen;
    }

    /** All options but where it was and where it went: an address may hold a password. */
    private Results results(Options options, Server server, SchedulesOutcome outcome) {
        Map<String, String> settings = new TreeMap<>();
        options()
                .forEach(option -> settings.put(
                        option.name().substring(2), options.text(option.name()).orElse("")));
        String version = new Sql(server.options(), Map.of()).text("SHOW server_version");
        return new Results(name(), settings, Environment.of(version), outcome.metrics());
    }
}
