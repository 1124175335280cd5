package io.headrace.engine;

import io.headrace.JobClient;
import io.headrace.JobOperator;
import io.headrace.QueueSettings;
import io.headrace.engine.bulk.BulkRunner;
import io.headrace.engine.claim.ClaimFlush;
import io.headrace.engine.claim.ClaimTools;
import io.headrace.engine.claim.Claimers;
import io.headrace.engine.claim.CommitHolds;
import io.headrace.engine.claim.CommitWakes;
import io.headrace.engine.claim.IdleMarks;
import io.headrace.engine.claim.PayloadBudget;
import io.headrace.engine.claim.PayloadReader;
import io.headrace.engine.claim.Poller;
import io.headrace.engine.claim.Suspects;
import io.headrace.engine.client.ClientSettings;
import io.headrace.engine.client.JobCanceller;
import io.headrace.engine.client.JobEncoder;
import io.headrace.engine.client.JobEnqueuer;
import io.headrace.engine.client.Watches;
import io.headrace.engine.complete.Completions;
import io.headrace.engine.guard.LoopGuard;
import io.headrace.engine.lease.LeaseBook;
import io.headrace.engine.monitor.LiveFeed;
import io.headrace.engine.observed.ObservedStore;
import io.headrace.engine.observed.Outage;
import io.headrace.engine.operate.Desk;
import io.headrace.engine.operate.DeskTools;
import io.headrace.engine.result.Awaits;
import io.headrace.engine.run.AttemptClock;
import io.headrace.engine.run.AttemptTools;
import io.headrace.engine.run.JobDecoder;
import io.headrace.engine.run.JobRunner;
import io.headrace.engine.run.QueueWorker;
import io.headrace.engine.run.SignalReader;
import io.headrace.engine.schedule.ScheduleHost;
import io.headrace.engine.schedule.Schedules;
import io.headrace.engine.settle.AttemptLog;
import io.headrace.engine.settle.FollowUpInterception;
import io.headrace.engine.settle.JobSettler;
import io.headrace.engine.settle.OutcomeEncoder;
import io.headrace.engine.settle.ProgressNotes;
import io.headrace.engine.step.StepTools;
import io.headrace.engine.step.Stepper;
import io.headrace.engine.upkeep.Heartbeat;
import io.headrace.engine.upkeep.LeaseSweeper;
import io.headrace.engine.upkeep.Pruner;
import io.headrace.engine.upkeep.Registration;
import io.headrace.engine.upkeep.StoreContact;
import io.headrace.engine.upkeep.Upkeep;
import io.headrace.engine.value.StoredValues;
import io.headrace.observe.JobObserver;
import io.headrace.spi.ClaimRequest;
import io.headrace.spi.JobStore;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/** The parts of an engine, put together. {@link Engine} starts and stops them. */
record EngineParts(
        JobStore store,
        JobObserver observer,
        LeaseBook book,
        JobSettler settler,
        ProgressNotes notes,
        AttemptTools attempts,
        JobRunner runner,
        Claimers claimers,
        List<QueueWorker> workers,
        Upkeep upkeep,
        JobClient client,
        Awaits awaits,
        Schedules schedules,
        BulkRunner bulk,
        JobOperator operator) {

    static EngineParts of(
            JobStore plain,
            EngineSettings settings,
            JobEncoder encoder,
            ClientSettings clientSettings,
            Scheduler blocking,
            LoopGuard guard) {
        JobObserver observer = clientSettings.observer();
        Scheduler scheduler = settings.scheduler();
        EngineSettings.Timing timing = settings.timing();
        Outage outage = new Outage(scheduler);
        JobStore store = ObservedStore.of(plain, observer, outage);
        LeaseBook book = new LeaseBook();
        StoreContact contact = new StoreContact(timing.heartbeat(), scheduler);
        Registration registration = new Registration(
                store.workers(),
                settings.name(),
                settings.version(),
                slots(settings),
                kinds(settings),
                timing.expiry(),
                contact);

        Watches watches = new Watches(store.inspector(), clientSettings.watchInterval(), clientSettings.scheduler());
        Awaits awaits = Awaits.ofEngine(store, watches, clientSettings);
        JobSettler settler = new JobSettler(
                store.leases(),
                book,
                registration::worker,
                observer,
                new AttemptLog(scheduler),
                awaits,
                scheduler,
                guard);
        ClaimTools claimTools = new ClaimTools(
                new ClaimFlush(store.leases()),
                new IdleMarks(store.workers(), registration::worker),
                registration::worker,
                book,
                new Suspects(concurrency(settings)),
                settler,
                new PayloadBudget(settings.payloadBudget()),
                new PayloadReader(store.leases()),
                new Poller(store.leases(), scheduler, guard),
                scheduler,
                guard);
        Claimers claimers = new Claimers(claimTools, timing.heartbeat());

        BulkRunner bulk = new BulkRunner(store.bulk(), scheduler);
        LeaseSweeper sweeper = new LeaseSweeper(
                store.workers(),
                registration,
                contact,
                new LeaseSweeper.Pace(timing.sweep(), timing.heartbeat()),
                scheduler,
                outage,
                guard,
                bulk::takeOver);
        Upkeep upkeep = new Upkeep(
                registration,
                contact,
                new Heartbeat(
                        store.workers(),
                        registration,
                        contact,
                        book,
                        claimers,
                        sweeper,
                        timing.heartbeat(),
                        scheduler,
                        observer,
                        guard),
                sweeper,
                new Pruner(
                        store.decisions(),
                        store.operatorLog(),
                        store.bulk(),
                        store.signals(),
                        new Pruner.Retentions(
                                timing.failedRetention(),
                                timing.completedRetention(),
                                timing.decisionRetention(),
                                timing.signalRetention()),
                        scheduler,
                        outage,
                        guard));

        CommitWakes commitWakes = new CommitWakes(claimers::enqueued, scheduler);
        EngineHost host = new EngineHost(
                registration::worker,
                claimers,
                new CommitHolds(claimers, store.leases(), commitWakes::committed, scheduler, timing.expiry()),
                commitWakes);
        JobCanceller canceller = new JobCanceller(store.decisions(), upkeep::askNow);
        JobEnqueuer client = new JobEnqueuer(store, encoder, clientSettings, host, canceller, watches, awaits);
        settler.onFollowed(client::followed);
        Schedules schedules = new Schedules(
                store.schedules(),
                settings.schedules(),
                timing.fireRetention(),
                encoder,
                new ScheduleHost(
                        registration::worker,
                        claimers::enqueued,
                        canceller::cancel,
                        observer,
                        settings.threads().handlers(),
                        scheduler),
                outage,
                guard);

        ProgressNotes notes =
                new ProgressNotes(store.leases(), registration::worker, timing.progress(), scheduler, guard);
        StoredValues values = encoder.values();
        SignalReader signals = new SignalReader(store.signals(), values, clientSettings.interceptors());
        Stepper steps = new Stepper(
                store.steps(),
                registration::worker,
                new StepTools(
                        values, settings.threads().handlers(), scheduler, observer, clientSettings.interceptors()),
                guard);
        AttemptTools attempts = new AttemptTools(
                new JobDecoder(settings.codec(), settings.transforms()),
                new OutcomeEncoder(values, encoder::encode),
                new FollowUpInterception(clientSettings.interceptors()),
                settler,
                notes,
                signals,
                steps,
                new Completions(store.leases(), registration::worker, book, notes, settler, scheduler, guard),
                new AttemptClock(observer, scheduler),
                guard);
        JobRunner runner = new JobRunner(settings.handlers(), attempts, settings.threads(), blocking);
        return new EngineParts(
                store,
                observer,
                book,
                settler,
                notes,
                attempts,
                runner,
                claimers,
                workers(settings, claimers, runner, guard),
                upkeep,
                client,
                awaits,
                schedules,
                bulk,
                new Desk(
                        new DeskTools(
                                store,
                                new LiveFeed(store, clientSettings.scheduler()),
                                schedules.operator(),
                                bulk,
                                canceller::cancel,
                                client::enqueue,
                                client::signal,
                                clientSettings.scheduler()),
                        settings.name()));
    }

    private static Map<String, Integer> slots(EngineSettings settings) {
        return settings.queues().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, queue -> queue.getValue().concurrency()));
    }

    /** An engine without handlers is there for those who receive jobs, of kinds that nobody knows yet. */
    private static @Nullable Set<String> kinds(EngineSettings settings) {
        Set<String> kinds = settings.handlers().byKind().keySet();
        return kinds.isEmpty() ? null : kinds;
    }

    private static int concurrency(EngineSettings settings) {
        return settings.queues().values().stream()
                .mapToInt(QueueSettings::concurrency)
                .sum();
    }

    /** One for each queue, if there is a handler for anything. */
    private static List<QueueWorker> workers(
            EngineSettings settings, Claimers claimers, JobRunner runner, LoopGuard guard) {
        Map<String, ClaimRequest.Terms> kinds =
                settings.handlers().terms(settings.timing().heartbeat());
        return kinds.isEmpty()
                ? List.of()
                : settings.queues().entrySet().stream()
                        .map(entry -> new QueueWorker(
                                claimers.add(entry.getKey(), entry.getValue(), kinds, Integer.MAX_VALUE),
                                runner,
                                guard,
                                entry.getValue().concurrency()))
                        .toList();
    }
}
