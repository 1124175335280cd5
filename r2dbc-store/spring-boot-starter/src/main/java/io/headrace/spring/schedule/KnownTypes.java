package io.headrace.spring.schedule;

import io.headrace.JobType;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.ResolvableType;

/** The types of the jobs that an application may enqueue. Immutable. */
final class KnownTypes {

    private final Map<String, JobType<?>> byKind = new LinkedHashMap<>();

    /** @param types those of the handlers first */
    KnownTypes(Collection<JobType<?>> types) {
        types.forEach(type -> byKind.putIfAbsent(type.kind(), type));
    }

    Optional<JobType<?>> ofKind(String kind) {
        return Optional.ofNullable(byKind.get(kind));
    }

    /** @throws io.headrace.spring.HeadraceSetupException if not exactly one has this payload */
    JobType<?> taking(ResolvableType payload, String where) {
        List<JobType<?>> taking = byKind.values().stream()
                .filter(type -> type.payloadType().equals(payload.getType()))
                .toList();
        return switch (taking.size()) {
            case 0 -> throw Misdeclared.noneTakes(where, payload.toString());
            case 1 -> taking.get(0);
            default ->
                throw Misdeclared.severalTake(
                        where,
                        payload.toString(),
                        taking.stream().map(JobType::kind).sorted().toList());
        };
    }
}
