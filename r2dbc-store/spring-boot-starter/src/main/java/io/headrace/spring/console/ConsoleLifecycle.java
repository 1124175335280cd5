package io.headrace.spring.console;

import io.headrace.console.Console;
import org.springframework.context.SmartLifecycle;

/**
 * Ends the live events when the application stops, before the web server waits for open requests: browsers keep theirs open for
 * ever.
 */
final class ConsoleLifecycle implements SmartLifecycle {

    private final Console console;
    private volatile boolean running;

    ConsoleLifecycle(Console console) {
        this.console = console;
    }

    @Override
    public void start() {
        console.beginEvents();
        running = true;
    }

    @Override
    public void stop() {
        console.endEvents();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
