package io.headrace.benchmarks.faults;

import io.headrace.AuditReport;
import io.headrace.JobClient;
import io.headrace.JobOperator;
import io.headrace.benchmarks.faults.worker.WorkerSettings;
import io.headrace.benchmarks.report.Progress;
import io.headrace.benchmarks.run.Waiting;
import io.headrace.postgres.PostgresJobStore;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/** One run: workers and a producer at work, one fault after another, then the reckoning. Used by one thread. */
final class FaultRun {

    /** Longer than a lease can outlive the jobs that nobody knows of any more: its timeout and five minutes. */
    private static final Duration STANDSTILL = Duration.ofMinutes(7);

    private static final Duration FIRST_JOBS = Duration.ofMinutes(2);
    private static final int WINDOWS_OF_LEVEL = 8;
    private static final int WINDOWS_SHOWN = 20;

    private final FaultSettings settings;
    private final PrintStream err;
    private final Notes notes = new Notes();
    private final Journal journal;
    private final List<Inflicted> inflicted = new ArrayList<>();
    /** Leases that have outlived a fault before: what each adds is its own. */
    private final Set<Long> known = new HashSet<>();

    private volatile String doing = "starting";

    FaultRun(FaultSettings settings, PrintStream err) {
        this.settings = settings;
        this.err = err;
        this.journal = new Journal(settings.logs());
    }

    /** Blocks for as long as it takes. */
    FaultOutcome on(Site site) {
        PostgresJobStore store = site.openStore();
        WorkerSettings worker = new WorkerSettings(
                site.target(),
                site.target(),
                site.schema(),
                settings.timing(),
                Duration.ZERO,
                WorkerSettings.Duty.COMMON);
        Ledger ledger = new Ledger(site.sql(), site.schema());
        JobClient client = JobClient.create(store);
        JobOperator operator = JobOperator.create(store);
        try (Proxy proxy = new Proxy(site.primary());
                Crew crew = new Crew(worker, proxy.port(), site.secrets(), settings.logs(), notes);
                Throughput throughput = new Throughput(ledger::completed);
                Producer producer = new Producer(client, settings.load().jobsPerSecond());
                Progress progress = new Progress(err, () -> line(producer, throughput))) {
            proxy.start();
            crew.start(settings.load().workers());
            Mill mill = new Mill(site, crew, proxy, producer, ledger, settings.timing(), notes);
            return run(mill, operator, throughput, progress);
        } finally {
            store.close().block();
        }
    }

    private String line(Producer producer, Throughput throughput) {
        return String.format(
                Locale.ROOT,
                "fault %d of %d: %s; %,d of %,d jobs enqueued, %,d completed, %.0f/s",
                Math.min(inflicted.size() + 1, settings.faults().size()),
                settings.faults().size(),
                doing,
                producer.enqueued(),
                settings.load().jobs(),
                throughput.total(),
                throughput.level(WINDOWS_OF_LEVEL));
    }

    private FaultOutcome run(Mill mill, JobOperator operator, Throughput throughput, Progress progress) {
        long began = System.nanoTime();
        Random random = new Random(settings.seed());
        mill.producer().start();
        Waiting.require(
                "jobs complete, see " + settings.logs(),
                FIRST_JOBS,
                () -> throughput.level(WINDOWS_OF_LEVEL) >= wanted());
        for (Fault fault : settings.faults()) {
            awaitTurn(mill);
            notes.begin((inflicted.size() + 1) + ". " + fault.name());
            try {
                inflicted.add(inflict(fault, mill, operator, throughput, random));
            } catch (RuntimeException e) {
                // What is left of the run is worth reporting; further faults would meet what this one left behind.
                notes.find("broke off, and no fault was inflicted after it: " + e);
                break;
            }
            journal.write(FaultTable.line(inflicted));
            progress.say(FaultTable.line(inflicted));
        }
        notes.begin("after the last fault");
        doing = "the last jobs are enqueued";
        while (mill.producer().enqueued() < settings.load().jobs()) {
            Waiting.pass(Duration.ofMillis(100));
            mill.crew().replaceTheDead();
        }
        mill.producer().stop();
        double drained = drain(mill, operator);
        String audit = audit(operator);
        mill.crew().close();
        Census census = Census.take(
                mill.site().sql(), mill.site().schema(), mill.producer().acknowledged());
        return new FaultOutcome(
                List.copyOf(inflicted),
                census,
                audit,
                drained,
                Waiting.secondsSince(began),
                mill.crew().restarts(),
                mill.site().version(),
                notes);
    }

    /**
     * What counts as being back: half the pace at which jobs come. Not half of what was seen before: that may have been a
     * standstill, or a backlog that was being cleared faster than jobs come.
     */
    private double wanted() {
        return settings.load().jobsPerSecond() / 2.0;
    }

    /** Faults are spread over the jobs, as far as the time that they take allows. */
    private void awaitTurn(Mill mill) {
        doing = "all is well";
        long due = (long) settings.load().jobs()
                * inflicted.size()
                / settings.faults().size();
        while (mill.producer().enqueued() < due) {
            Waiting.pass(Duration.ofMillis(50));
        }
    }

    private Inflicted inflict(Fault fault, Mill mill, JobOperator operator, Throughput throughput, Random random) {
        doing = fault.name();
        Ledger ledger = mill.ledger();
        long repeated = ledger.repeated();
        long charged = ledger.chargedInnocents();
        journal.write((inflicted.size() + 1) + ". " + fault.name() + " begins");
        long atJob = mill.producer().enqueued();
        long began = System.nanoTime();
        fault.inflict(mill, random);
        double seconds = Waiting.secondsSince(began);
        long ended = System.nanoTime();
        journal.write((inflicted.size() + 1) + ". " + fault.name() + " is over");
        mill.crew().replaceTheDead();
        String moment = ledger.now();

        doing = "recovering from: " + fault.name();
        double recovery =
                Waiting.secondsUntil(settings.patience(), ended, () -> throughput.secondsUntil(wanted(), ended) >= 0);
        List<Long> absent = new ArrayList<>(mill.crew().pids());
        double back = Waiting.secondsUntil(settings.patience(), ended, () -> {
            absent.removeAll(ledger.ranSince(moment, absent));
            return absent.isEmpty();
        });
        if (recovery < 0) {
            notes.remark("in " + settings.patience().toSeconds() + " s no half-second had " + Math.round(wanted())
                    + " jobs a second; the last had " + throughput.last(WINDOWS_SHOWN) + "; see " + settings.logs());
        }
        if (!absent.isEmpty()) {
            notes.remark("the workers " + absent + " ran no job in "
                    + settings.patience().toSeconds() + " s; see " + settings.logs());
        }
        notes.doWhatComesAfterwards();
        mill.crew().killAndReplace(absent);
        double cleared =
                Waiting.secondsUntil(settings.patience(), ended, () -> known.containsAll(ledger.leasesBefore(moment)));
        List<Long> held = new ArrayList<>(ledger.leasesBefore(moment));
        held.removeAll(known);
        known.addAll(held);
        return new Inflicted(
                fault.name(),
                atJob,
                seconds,
                recovery < 0 ? recovery : throughput.secondsUntil(wanted(), ended),
                back,
                absent.size(),
                cleared,
                ledger.repeated() - repeated,
                ledger.chargedInnocents() - charged,
                held.size(),
                audit(operator));
    }

    /** Until nothing is pending or leased. A standstill ends it: what is left then is counted as lost. */
    private double drain(Mill mill, JobOperator operator) {
        doing = "waiting for the last outcomes";
        long began = System.nanoTime();
        long[] last = {-1, System.nanoTime()};
        while (true) {
            mill.crew().replaceTheDead();
            AuditReport audit = operator.audit().blockOptional().orElseThrow();
            long live = audit.pending() + audit.leased();
            if (live != last[0]) {
                last[0] = live;
                last[1] = System.nanoTime();
            }
            if (live == 0 || Waiting.secondsSince(last[1]) > STANDSTILL.toSeconds()) {
                return Waiting.secondsSince(began);
            }
            doing = "waiting for the last outcomes: " + audit.pending() + " pending, " + audit.leased() + " leased";
            Waiting.pass(Duration.ofMillis(500));
        }
    }

    private static String audit(JobOperator operator) {
        return operator.audit()
                .retry(2)
                .map(AuditReport::toString)
                .blockOptional()
                .orElseThrow();
    }
}
