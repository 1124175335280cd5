package io.headrace.console.pages;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** A JavaScript library in a jar, in whichever version is on the class path. */
final class WebJar {

    private WebJar() {}

    /** Returns the folder of its files on the class path, with a slash at the end. */
    static String folder(String name) {
        return "META-INF/resources/webjars/" + name + "/" + version(name) + "/";
    }

    private static String version(String name) {
        String file = "META-INF/maven/org.webjars.npm/" + name + "/pom.properties";
        try (InputStream in = WebJar.class.getClassLoader().getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("The library '" + name + "' is missing: add org.webjars.npm:" + name
                        + " to the class path, as headrace-console does");
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
