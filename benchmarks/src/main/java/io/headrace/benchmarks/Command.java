package io.headrace.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import reactor.core.Exceptions;

/** Finds the scenario, runs it, and says how it ended. */
final class Command {

    static final int OK = 0;
    static final int FAILED = 1;
    static final int USAGE = 2;

    private static final String VERBOSE = "--verbose";

    /** Read by {@code logback.xml}. */
    private static final String LOG_LEVEL = "benchmarks.log.level";

    private static final List<Option> EVERYWHERE = List.of(
            new Option(
                    "--url",
                    "",
                    "a server of one's own, r2dbc:postgresql://user:password@host:port/database;"
                            + " without it PostgreSQL is started here"),
            new Option("--out", "", "the folder for results.json and the rest of the report"));

    private final List<Scenario> scenarios;
    private final Console console;

    Command(List<Scenario> scenarios, PrintStream out, PrintStream err) {
        this.scenarios = scenarios;
        this.console = new Console(out, err);
    }

    /**
     * Runs what is asked for.
     *
     * @return the exit code: 0 if all is well; 1 if not, or after an unexpected error; 2 for arguments that cannot be
     */
    int run(List<String> args) {
        List<String> rest = new ArrayList<>(args);
        boolean verbose = rest.remove(VERBOSE);
        if (verbose) {
            System.setProperty(LOG_LEVEL, "INFO");
        }
        if (rest.contains("--help") || rest.contains("-h")) {
            help(rest).forEach(console.out()::println);
            return OK;
        }
        try {
            Scenario scenario = scenario(rest);
            Options options = Options.parse(rest.subList(1, rest.size()), options(scenario));
            return scenario.run(options, console) ? OK : FAILED;
        } catch (UsageException e) {
            console.err().println("benchmarks: " + e.getMessage() + "; --help shows what there is");
            return USAGE;
        } catch (IOException | RuntimeException | Error e) {
            tell(Exceptions.unwrap(e), verbose);
            return FAILED;
        }
    }

    private Scenario scenario(List<String> args) throws UsageException {
        if (args.isEmpty()) {
            throw new UsageException("which scenario? There is " + names());
        }
        return find(args.get(0))
                .orElseThrow(() ->
                        new UsageException("unknown scenario " + OneLine.of(args.get(0)) + ", there is " + names()));
    }

    private Optional<Scenario> find(String name) {
        return scenarios.stream().filter(s -> s.name().equals(name)).findFirst();
    }

    private String names() {
        return scenarios.stream().map(Scenario::name).collect(Collectors.joining(", "));
    }

    private static List<Option> options(Scenario scenario) {
        List<Option> options = new ArrayList<>(scenario.options());
        options.addAll(EVERYWHERE);
        return options;
    }

    private List<String> help(List<String> args) {
        List<String> lines = new ArrayList<>();
        lines.add("usage: java -jar benchmarks.jar <scenario> [options]");
        for (Scenario scenario :
                args.stream().findFirst().flatMap(this::find).map(List::of).orElse(scenarios)) {
            lines.add("");
            lines.add(scenario.name() + ": " + scenario.summary());
            options(scenario).forEach(option -> lines.add(option.toString()));
        }
        lines.add("");
        lines.add(new Option(VERBOSE, "", "shows the log, and errors with their stack traces").toString());
        return lines;
    }

    private void tell(Throwable error, boolean verbose) {
        if (verbose) {
            error.printStackTrace(console.err());
        } else {
            console.err().println("benchmarks: " + OneLine.of(error) + " (--verbose shows more)");
        }
    }
}
