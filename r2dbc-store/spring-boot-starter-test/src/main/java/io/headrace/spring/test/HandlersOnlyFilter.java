package io.headrace.spring.test;

import io.headrace.PayloadCodec;
import io.headrace.PayloadTransform;
import io.headrace.spring.HandlesJob;
import io.headrace.spring.JobEngineCustomizer;
import io.headrace.spring.JobSchedule;
import io.headrace.spring.QueueCustomizer;
import io.headrace.spring.RetryPolicyCustomizer;
import java.io.IOException;
import java.util.Set;
import org.springframework.boot.test.context.filter.annotation.StandardAnnotationCustomizableTypeExcludeFilter;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/** Lets in what handles jobs, what schedules them and what says how, and nothing else. */
final class HandlersOnlyFilter extends StandardAnnotationCustomizableTypeExcludeFilter<HeadraceTest> {

    private static final Set<String> OURS =
            Set.of(HandlesJob.class.getName(), JobSchedule.class.getName(), JobSchedule.Several.class.getName());

    HandlersOnlyFilter(Class<?> testClass) {
        super(testClass);
    }

    @Override
    protected Set<Class<?>> getKnownIncludes() {
        return Set.of(
                JobEngineCustomizer.class,
                QueueCustomizer.class,
                RetryPolicyCustomizer.class,
                PayloadCodec.class,
                PayloadTransform.class);
    }

    /** A configuration counts as what its bean methods are: those that are annotated make handlers. */
    @Override
    protected boolean defaultInclude(MetadataReader reader, MetadataReaderFactory factory) throws IOException {
        AnnotationMetadata type = reader.getAnnotationMetadata();
        return OURS.stream().anyMatch(ours -> type.isAnnotated(ours) || type.hasAnnotatedMethods(ours))
                || super.defaultInclude(reader, factory);
    }
}
