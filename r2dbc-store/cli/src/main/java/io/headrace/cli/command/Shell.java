package io.headrace.cli.command;

import java.io.BufferedReader;
import java.io.Console;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * Where a command runs. Text is UTF-8 whatever the locale is, so that no payload is damaged in a container without one.
 *
 * @param environment the variables of the environment
 * @param out for data
 * @param err for messages
 * @param input standard input
 * @param isInteractive whether a person can be asked
 * @param clock the time of this machine
 * @param end completes when a command that goes on until it is ended should end; a process is ended from outside
 */
public record Shell(
        Map<String, String> environment,
        PrintWriter out,
        PrintWriter err,
        BufferedReader input,
        boolean isInteractive,
        InstantSource clock,
        Mono<Void> end) {

    /** The one of this process. */
    public static Shell ofProcess() {
        return new Shell(
                System.getenv(),
                writer(System.out),
                writer(System.err),
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                Optional.ofNullable(System.console()).map(Shell::isTerminal).orElse(false),
                InstantSource.system(),
                Mono.never());
    }

    /** Since JDK 22 there may be a console without a terminal; before, there is none. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }

    private static PrintWriter writer(OutputStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    /** Whether the output may have colors: at a terminal, unless {@code NO_COLOR} is set to anything. */
    public boolean hasColor() {
        return isInteractive && environment.getOrDefault("NO_COLOR", "").isEmpty();
    }
}
