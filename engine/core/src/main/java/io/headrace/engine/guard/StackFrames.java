package io.headrace.engine.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The frames of a stack trace that tell where an error comes from: those of the application, not of Java, Reactor, drivers,
 * frameworks and this engine, nor of generated classes. Names are without what differs from one JVM to the next.
 */
final class StackFrames {

    private static final int MOST = 5;

    private static final List<String> NOT_THE_APPLICATION = List.of(
            "java.",
            "javax.",
            "jdk.",
            "sun.",
            "com.sun.",
            "kotlin.",
            "kotlinx.",
            "scala.",
            "reactor.",
            "io.netty.",
            "io.r2dbc.",
            "io.micrometer.",
            "org.springframework.",
            "io.headrace.engine.",
            "io.headrace.postgres.",
            "io.headrace.micrometer.",
            "io.headrace.spring.");

    private static final List<String> GENERATED = List.of("$$", "$Proxy", "$ByteBuddy$", "$MockitoMock$");

    /** What compilers and class generators number, and the suffix of a hidden class. */
    private static final Pattern GENERATED_PART = Pattern.compile("\\$\\$.*|/.*|\\$(ByteBuddy|MockitoMock)\\$.*");

    private static final Pattern NUMBER = Pattern.compile("(?<=[$-]|\\$Proxy)\\d+");

    private StackFrames() {}

    /** The topmost frames of the application, or if there are none, the topmost frame outside of Java's internals. */
    static List<String> telling(List<StackTraceElement> frames) {
        List<String> telling = new ArrayList<>(MOST);
        for (StackTraceElement frame : frames) {
            if (isOfTheApplication(frame)) {
                String name = name(frame);
                // A recursion is as deep as its data.
                if (!telling.contains(name)) {
                    telling.add(name);
                }
            }
            if (telling.size() == MOST) {
                break;
            }
        }
        StackTraceElement top = telling.isEmpty() ? top(frames) : null;
        return top == null ? telling : List.of(name(top));
    }

    /** The frame of the application that tells most, or else the topmost: the one so far, or one of a cause. */
    static @Nullable StackTraceElement moreTelling(@Nullable StackTraceElement soFar, List<StackTraceElement> frames) {
        if (soFar != null && isOfTheApplication(soFar)) {
            return soFar;
        }
        for (StackTraceElement frame : frames) {
            if (isOfTheApplication(frame)) {
                return frame;
            }
        }
        return soFar == null ? top(frames) : soFar;
    }

    private static @Nullable StackTraceElement top(List<StackTraceElement> frames) {
        for (StackTraceElement frame : frames) {
            String name = frame.getClassName();
            if (!name.startsWith("jdk.") && !name.startsWith("sun.") && !isGenerated(frame)) {
                return frame;
            }
        }
        return null;
    }

    private static boolean isOfTheApplication(StackTraceElement frame) {
        String name = frame.getClassName();
        for (String prefix : NOT_THE_APPLICATION) {
            if (name.startsWith(prefix)) {
                return false;
            }
        }
        return !isGenerated(frame);
    }

    private static boolean isGenerated(StackTraceElement frame) {
        String name = frame.getClassName();
        for (String part : GENERATED) {
            if (name.contains(part)) {
                return true;
            }
        }
        return frame.getMethodName().startsWith("access$");
    }

    private static String name(StackTraceElement frame) {
        return className(frame.getClassName()) + '.' + withoutNumbers(frame.getMethodName());
    }

    /** A class name that is the same in every JVM. */
    static String className(String name) {
        String plain = name.indexOf('$') < 0 && name.indexOf('/') < 0
                ? name
                : GENERATED_PART.matcher(name).replaceFirst("");
        return withoutNumbers(plain);
    }

    private static String withoutNumbers(String name) {
        return name.indexOf('$') < 0 && name.indexOf('-') < 0
                ? name
                : NUMBER.matcher(name).replaceAll("");
    }
}
