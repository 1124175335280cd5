package io.headrace.testkit.pipeline;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** What Headrace logs during a test, instead of on the console. */
final class LogLines extends AppenderBase<ILoggingEvent> implements BeforeEachCallback, AfterEachCallback {

    private final Logger logger = (Logger) LoggerFactory.getLogger("io.headrace");
    private final List<ILoggingEvent> lines = new CopyOnWriteArrayList<>();
    private Level before;

    @Override
    public void beforeEach(ExtensionContext context) {
        start();
        before = logger.getLevel();
        logger.setLevel(Level.DEBUG);
        logger.setAdditive(false);
        logger.addAppender(this);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        logger.detachAppender(this);
        logger.setAdditive(true);
        logger.setLevel(before);
    }

    @Override
    protected void append(ILoggingEvent line) {
        lines.add(line);
        synchronized (lines) {
            lines.notifyAll();
        }
    }

    /** Waits for a line that is logged on a thread of its own. */
    void await(Level level, String beginning, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        synchronized (lines) {
            while (at(level).stream().noneMatch(line -> line.startsWith(beginning))) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    throw new AssertionError("no line '" + beginning + "' in " + at(level));
                }
                lines.wait(left);
            }
        }
    }

    List<String> at(Level level) {
        return lines.stream()
                .filter(line -> line.getLevel() == level)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    List<ILoggingEvent> events(Level level) {
        return lines.stream().filter(line -> line.getLevel() == level).toList();
    }
}
