package io.headrace.engine;

import io.headrace.InvalidSettingException;
import io.headrace.JobConstraints;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The version of the application that an engine belongs to, for people. */
final class EngineVersion {

    /** The builder itself. */
    private static final String OWN = "io.headrace.engine.";

    /** Builds engines for applications, whose classes are not among its callers. */
    private static final String STARTER = "io.headrace.spring.";

    private EngineVersion() {}

    /**
     * The version that was set, or that of the JAR whose class is building the engine; {@code null} if it has none.
     *
     * @throws InvalidSettingException if it was set and is empty or too long
     */
    static @Nullable String of(@Nullable String set) {
        if (set == null) {
            return ofCaller().orElse(null);
        }
        if (set.isBlank() || set.length() > JobConstraints.NAME_CHARACTERS) {
            throw new InvalidSettingException(
                    "version", "must have 1 to " + JobConstraints.NAME_CHARACTERS + " characters: '" + set + "'");
        }
        return set;
    }

    private static Optional<String> ofCaller() {
        return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                .walk(frames -> frames.<Class<?>>map(StackWalker.StackFrame::getDeclaringClass)
                        .filter(type -> !type.getName().startsWith(OWN))
                        .findFirst())
                .filter(type -> !type.getName().startsWith(STARTER))
                .map(Class::getPackage)
                .map(Package::getImplementationVersion)
                .filter(text -> !text.isBlank() && text.length() <= JobConstraints.NAME_CHARACTERS);
    }
}
