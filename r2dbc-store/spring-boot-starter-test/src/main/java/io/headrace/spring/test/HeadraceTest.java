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
 * A test of the application's handlers and nothing else of it: no web server, no database. Of its beans there are those that
 * handle jobs or customize the engine; what they need comes by {@code @Import} or {@code @MockitoBean}. Inject {@link
 * TestJobs} to run what is due and to look at what was enqueued, and {@code JobClient} to enqueue. Each test method begins
 * without jobs.
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
 * <p>For a test of the whole application without a database, put {@link AutoConfigureInMemoryJobs} on a {@code
 * @SpringBootTest}.
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

    /** Whether the application's handlers are found by themselves. */
    boolean useDefaultFilters() default true;

    /** Further beans to be found. */
    Filter[] includeFilters() default {};

    /** Beans not to be found. */
    Filter[] excludeFilters() default {};
}
