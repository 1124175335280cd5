package io.headrace.benchmarks.overview;

import io.headrace.benchmarks.Console;
import io.headrace.benchmarks.OneLine;
import io.headrace.benchmarks.Option;
import io.headrace.benchmarks.Options;
import io.headrace.benchmarks.Scenario;
import io.headrace.benchmarks.UsageException;
import io.headrace.benchmarks.report.Chapter;
import io.headrace.benchmarks.report.Overview;
import io.headrace.benchmarks.run.OutFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every scenario in its short form, one after the other, and one page for all of them. */
public final class ReportScenario implements Scenario {

    private static final String FORM = "--form";
    private static final String ONLY = "--only";
    private static final int LIMIT_OVER_EXPECTED = 4;
    private static final Duration SHORTEST_LIMIT = Duration.ofMinutes(10);

    private final List<Scenario> scenarios;
    private final Class<?> main;

    /**
     * @param scenarios those that have a short form are run
     * @param main the command that runs them
     */
    public ReportScenario(List<Scenario> scenarios, Class<?> main) {
        this.scenarios = List.copyOf(scenarios);
        this.main = main;
    }

    @Override
    public String name() {
        return "report";
    }

    @Override
    public String summary() {
        return "every scenario in its short form, one run each, in under an hour, and one page with all results";
    }

    @Override
    public List<Option> options() {
        return List.of(
                new Option(FORM, "short", "short; or tiny, to see in a few minutes that all of them work"),
                new Option(ONLY, "", "these scenarios, by name, separated by commas"));
    }

    @Override
    public boolean run(Options options, Console console) throws UsageException, IOException {
        List<Part> parts = Part.of(scenarios, isTiny(options), options.text(ONLY));
        Path out = OutFolder.of(options)
                .orElseThrow(() -> new UsageException("--out must name the folder for the report"));
        Part.list(parts).forEach(console.err()::println);
        List<Chapter> chapters = new ArrayList<>();
        for (Part part : parts) {
            String step = "[" + (chapters.size() + 1) + "/" + parts.size() + "] ";
            console.err().println(step + part.command() + ", about " + part.minutes() + " min");
            chapters.add(run(part, options.text("--url"), out, console));
            Path page = new Overview(chapters, parts.size()).write(out);
            if (chapters.size() == parts.size()) {
                Overview.lines(chapters).forEach(console.out()::println);
                console.out().println("written to " + page);
            }
        }
        return chapters.stream().allMatch(Chapter::isSound);
    }

    private Chapter run(Part part, Optional<String> url, Path out, Console console) throws IOException {
        Path folder = out.resolve(part.name());
        List<String> arguments = new ArrayList<>();
        arguments.add(part.name());
        arguments.addAll(part.options());
        arguments.addAll(List.of("--out", folder.toString()));
        url.ifPresent(address -> arguments.addAll(List.of("--url", address)));
        Duration expected = Duration.ofMinutes(part.minutes());
        Duration limit = expected.multipliedBy(LIMIT_OVER_EXPECTED);
        long began = System.nanoTime();
        Optional<String> failure = new ScenarioJvm(main, console.err())
                .run(arguments, folder, limit.compareTo(SHORTEST_LIMIT) < 0 ? SHORTEST_LIMIT : limit);
        failure.ifPresent(reason -> console.err().println(part.name() + " failed: " + reason));
        return new Chapter(
                part.name(),
                part.command(),
                failure,
                Duration.ofNanos(System.nanoTime() - began),
                expected,
                part.headlines(),
                folder);
    }

    private static boolean isTiny(Options options) throws UsageException {
        String form = options.text(FORM).orElse("");
        return switch (form) {
            case "short" -> false;
            case "tiny" -> true;
            default -> throw new UsageException(FORM + " must be short or tiny, not '" + OneLine.of(form) + "'");
        };
    }
}
