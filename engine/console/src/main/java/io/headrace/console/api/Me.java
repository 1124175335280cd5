package io.headrace.console.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, and where.
 *
 * @param name who asks, as the operator log names them
 * @param rights what they may do
 * @param instance the name of this installation, for people who have several
 * @param version the version of Headrace; {@code null} if it cannot be told
 */
record Me(
        String name,
        List<String> rights,
        String instance,
        @Nullable String version) {}
