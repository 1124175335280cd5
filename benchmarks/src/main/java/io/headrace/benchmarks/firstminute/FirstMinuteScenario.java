package io.headrace.benchmarks.firstminute;

import io.headrace.benchmarks.OneLine;
import io.headrace.benchmarks.Option;
import io.headrace.benchmarks.Options;
import io.headrace.benchmarks.ShortForm;
import io.headrace.benchmarks.UsageException;
import io.headrace.benchmarks.contender.Contender;
import io.headrace.benchmarks.run.MeasuringScenario;
import io.headrace.benchmarks.run.Plan;
import io.headrace.benchmarks.run.RunSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What is drained in the first seconds of a fresh process, by Headrace and by its peers. */
public final class FirstMinuteScenario extends MeasuringScenario {

    private static final String PEER = "db_scheduler";
    private static final int MOST_JOBS = 50_000_000;
    private static final int MOST_SECONDS = 3_600;

    private final Map<String, Entrant> entrants = new LinkedHashMap<>();

    /** Of these contenders take part that can work in a process of their own. */
    public FirstMinuteScenario(List<Supplier<Contender>> contenders) {
        add(Entrant.of(contenders.get(0)));
        add(Entrant.ours(ClassArchive.CDS));
        add(Entrant.ours(ClassArchive.AOT));
        contenders.stream()
                .skip(1)
                .filter(contender ->
                        contender.get().sharesTables() && contender.get().hasLatency())
                .map(Entrant::of)
                .forEach(this::add);
    }

    private void add(Entrant entrant) {
        entrants.put(entrant.name(), entrant);
    }

    @Override
    public String name() {
        return "first-minute";
    }

    @Override
    public String summary() {
        return "jobs drained in the first seconds of a fresh JVM, by Headrace, with class archives, and by its peers";
    }

    @Override
    public Optional<ShortForm> shortForm() {
        return Optional.of(new ShortForm(
                3,
                "--jobs 2000000 --peer-jobs 200000 --seconds 10 --runs 1",
                "--jobs 200000 --peer-jobs 20000 --seconds 1 --runs 1 --only headrace,db_scheduler",
                "first_10_s_jobs",
                "first_job_s",
                "first_10_s_over_db_scheduler",
                "first_10_s_cds_over_plain"));
    }

    @Override
    public List<Option> options() {
        List<Option> options = new ArrayList<>(RunSettings.options(10_000_000, 3));
        options.add(new Option("--peer-jobs", "600000", "how many wait for those that are not Headrace"));
        options.add(new Option("--seconds", "10,30,60", "after how many jobs are counted; the last ends a process"));
        options.add(new Option(
                "--only", "", "these, by name; else headrace, with each class archive of this Java, and db_scheduler"));
        return options;
    }

    @Override
    protected Plan plan(Options options, RunSettings settings) throws UsageException {
        List<Integer> seconds = options.numbers("--seconds", 1, MOST_SECONDS);
        if (seconds.isEmpty()) {
            throw new UsageException("--seconds must be one number at least");
        }
        return new FirstMinutePlan(
                chosen(options), seconds.stream().sorted().toList(), options.number("--peer-jobs", 1, MOST_JOBS));
    }

    private List<Entrant> chosen(Options options) throws UsageException {
        Optional<String> only = options.text("--only");
        if (only.isEmpty()) {
            return entrants.values().stream()
                    .filter(entrant -> entrant.isOurs() || entrant.name().equals(PEER))
                    .filter(entrant -> entrant.archive().isKnown())
                    .toList();
        }
        List<Entrant> chosen = new ArrayList<>();
        for (String name : List.of(only.get().split(" *, *"))) {
            Entrant entrant = entrants.get(name);
            if (entrant == null) {
                throw new UsageException(
                        "unknown entrant " + OneLine.of(name) + ", there is " + String.join(", ", entrants.keySet()));
            }
            if (!entrant.archive().isKnown()) {
                throw new UsageException(
                        name + " needs Java " + entrant.archive().sinceJava() + " or newer");
            }
            chosen.add(entrant);
        }
        return chosen;
    }
}
