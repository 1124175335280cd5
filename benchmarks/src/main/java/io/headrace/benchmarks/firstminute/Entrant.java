package io.headrace.benchmarks.firstminute;

import io.headrace.benchmarks.contender.Contender;
import io.headrace.benchmarks.headrace.HeadraceContender;
import java.util.function.Supplier;

/** A contender, with or without an archive of its classes. */
record Entrant(String name, Supplier<Contender> contender, ClassArchive archive) {

    static final String OURS = new HeadraceContender().name();

    static Entrant of(Supplier<Contender> contender) {
        return new Entrant(contender.get().name(), contender, ClassArchive.NONE);
    }

    static Entrant ours(ClassArchive archive) {
        return new Entrant(OURS + "_" + archive.label(), HeadraceContender::new, archive);
    }

    boolean isOurs() {
        return contender.get() instanceof HeadraceContender;
    }

    /** Before the names of its metrics: none for Headrace as it is. */
    String prefix() {
        if (isOurs()) {
            return archive == ClassArchive.NONE ? "" : archive.label() + "_";
        }
        return name + "_";
    }
}
