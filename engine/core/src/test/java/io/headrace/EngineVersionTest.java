package io.headrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.spi.JobStore;
import io.headrace.spi.NewWorker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** An engine knows the version of the JAR whose class builds it, unless it is told another. */
class EngineVersionTest {

    /** An application: prints the version under which its engine registers. */
    public static final class Application {

        public static void main(String[] args) {
            JobEngine.Builder builder = JobEngine.builder(stub(JobStore.class));
            for (String version : args) {
                builder = builder.version(version);
            }
            builder.build().start().onErrorComplete().block();
        }

        /** Has all facets, and registers nobody. */
        private static <T> T stub(Class<T> type) {
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                        Class<?> answer = method.getReturnType();
                        if (method.getName().equals("register") && arguments[0] instanceof NewWorker worker) {
                            System.out.print("[" + worker.version() + "]");
                        }
                        return answer == Mono.class ? Mono.error(new IllegalStateException()) : stub(answer);
                    }));
        }
    }

    @TempDir
    Path folder;

    @Test
    void theManifestOfTheApplicationSaysIt() throws Exception {
        assertThat(run("1.4.2")).contains("[1.4.2]");
        assertThat(run(null)).contains("[null]");
        assertThat(run("1".repeat(101))).as("too long to be one").contains("[null]");
    }

    @Test
    void whatTheApplicationSaysCountsMore() throws Exception {
        assertThat(run("1.4.2", "1.5")).contains("[1.5]");
    }

    private String run(@Nullable String version, String... arguments) throws IOException, InterruptedException {
        Path jar = folder.resolve("app.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (version != null) {
            manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
        }
        String file = Application.class.getName().replace('.', '/') + ".class";
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream content = Application.class.getResourceAsStream("/" + file)) {
            out.putNextEntry(new JarEntry(file));
            content.transferTo(out);
        }
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                jar + System.getProperty("path.separator") + System.getProperty("java.class.path"),
                Application.class.getName());
        command.command().addAll(List.of(arguments));
        Process process = command.redirectErrorStream(true).start();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        process.getInputStream().transferTo(said);
        process.waitFor();
        return said.toString(StandardCharsets.UTF_8);
    }
}
