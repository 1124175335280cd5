package io.headrace.benchmarks.memory;

import io.headrace.benchmarks.Console;
import io.headrace.benchmarks.Option;
import io.headrace.benchmarks.Options;
import io.headrace.benchmarks.Scenario;
import io.headrace.benchmarks.ShortForm;
import io.headrace.benchmarks.UsageException;
import io.headrace.benchmarks.report.Environment;
import io.headrace.benchmarks.report.Results;
import io.headrace.benchmarks.server.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Payloads of many times the heap wait; however many handlers are free, they are drained without an error. */
public final class MemoryScenario implements Scenario {

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String summary() {
        return "2 GB of payloads are drained with a heap of 256 MiB, at several concurrencies";
    }

    @Override
    public Optional<ShortForm> shortForm() {
        return Optional.of(new ShortForm(
                2,
                "--megabytes 400 --concurrency 500",
                "--megabytes 10 --payload 500 --concurrency 50",
                "memory_500_s",
                "memory_500_heap_peak_mib",
                "memory_500_errors",
                "audit_failures"));
    }

    @Override
    public List<Option> options() {
        return List.of(
                new Option("--megabytes", "2000", "JSON that waits, in all"),
                new Option("--payload", "900", "KB of JSON in each payload"),
                new Option("--heap", "256", "MiB of the process that drains"),
                new Option("--concurrency", "10,500,5000", "with which they are drained, one after another"));
    }

    @Override
    public boolean run(Options options, Console console) throws UsageException, IOException {
        Optional<Path> out = options.path("--out");
        MemorySettings settings = new MemorySettings(
                options.number("--megabytes", 1, 100_000),
                options.number("--payload", 1, 100_000),
                options.number("--heap", 32, 65_536),
                options.numbers("--concurrency", 1, 10_000));
        try (Server server = Server.open(options.text("--url"))) {
            MemoryRun.Outcome outcome = new MemoryRun(settings, server, console.err()).run();
            outcome.sentences().forEach(console.out()::println);
            if (out.isPresent()) {
                Map<String, String> given = new TreeMap<>();
                options()
                        .forEach(option -> given.put(
                                option.name().substring(2),
                                options.text(option.name()).orElse("")));
                Results results = new Results(name(), given, Environment.of(outcome.postgres()), outcome.metrics());
                console.out().println("written to " + results.write(out.get()));
            }
            return outcome.sound();
        }
    }
}
