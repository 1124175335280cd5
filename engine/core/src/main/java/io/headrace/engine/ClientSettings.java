package io.headrace.engine;

import java.time.Duration;
import reactor.core.scheduler.Scheduler;

/** What a client was built with, checked. Immutable. */
record ClientSettings(int maxWaitingJobs, Duration maxKeyWait, Duration watchInterval, Scheduler scheduler) {}
