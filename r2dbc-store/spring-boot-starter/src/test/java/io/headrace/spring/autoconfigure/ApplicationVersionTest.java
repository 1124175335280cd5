package io.headrace.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.info.BuildProperties;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class ApplicationVersionTest {

    private final StaticListableBeanFactory beans = new StaticListableBeanFactory();
    private final StandardEnvironment environment = new StandardEnvironment();

    private @Nullable String version() {
        return new ApplicationVersion(beans.getBeanProvider(BuildProperties.class), environment).get();
    }

    private void build(String key, String value) {
        Properties properties = new Properties();
        properties.setProperty(key, value);
        beans.addBean("build", new BuildProperties(properties));
    }

    private void manifest(String version) {
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("manifest", Map.of("spring.application.version", version)));
    }

    @Test
    void theBuildKnowsBest() {
        build("version", "1.4.2");
        manifest("1.4.1");

        assertThat(version()).isEqualTo("1.4.2");
    }

    @Test
    void theManifestKnowsToo() {
        manifest("1.4.1");
        assertThat(version()).isEqualTo("1.4.1");

        build("name", "mill");
        assertThat(version()).isEqualTo("1.4.1");
    }

    @Test
    void whoKnowsNothingSaysNothing() {
        assertThat(version()).isNull();
        manifest(" ");
        assertThat(version()).isNull();
        manifest("1".repeat(101));
        assertThat(version()).isNull();
    }
}
