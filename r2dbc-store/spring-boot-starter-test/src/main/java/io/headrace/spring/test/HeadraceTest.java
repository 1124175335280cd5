package io.headrace.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

/**
 * A test of the application's handlers only, without a web server or a database. The context contains the beans that
 * handle jobs, schedule them with {@code @JobSchedule}, or customize the engine. Provide their collaborators with {@code @Import} or {@code @MockitoBean}. Inject
 * {@link TestJobs} to run due jobs and to inspect enqueued ones, and {@code JobClient} to enqueue. Each test method
 * starts without jobs.
 *
 * <pre>{@code
 * @HeadraceTest
 * class IndexingTest {
 *     @Autowired TestJobs jobs;
 *     @Autowired JobClient client;
 *     @MockitoBean Indexer indexer;
 *
 *     @Test
 *     void indexesOnce() {
 *         client.enqueue(INDEX.job(new IndexRepository("https://example.org/mill.git"))).block();
 *         jobs.runDue();
 *         verify(indexer).index("https://example.org/mill.git");
 *     }
 * }
 * }</pre>
 *
 * <p>To test the whole application without a database, add {@link AutoConfigureInMemoryJobs} to a
 * {@code @SpringBootTest}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@BootstrapWith(HeadraceTestContextBootstrapper.class)
@ExtendWith(SpringExtension.class)
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(HandlersOnlyFilter.class)
@AutoConfigureInMemoryJobs
public @interface HeadraceTest {

    /** Properties of the application, as {@code name=value}. */
    String[] properties() default {};

    /** Whether the application's handlers are discovered automatically. */
    boolean useDefaultFilters() default true;

    /** Filters for additional beans. */
    Filter[] includeFilters() default {};

    /** Filters for excluded beans. */
    Filter[] excludeFilters() default {};
}
