package io.headrace.console.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.openqa.selenium.chrome.ChromeDriver;

/** Checks a page for accessibility with axe. */
final class Axe {

    private static final String SCRIPT = read("/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js");
    private static final String RUN = "const done = arguments[arguments.length - 1];"
            + "axe.run(document, { resultTypes: ['violations'] }).then(result => done(result.violations.map(violation =>"
            + " violation.id + ': ' + violation.nodes.map(node => node.html.slice(0, 200) + ' ' + node.failureSummary).join(' | '))),"
            + " error => done([String(error)]));";

    private Axe() {}

    /** What is wrong with the page that is open; empty if nothing is. */
    @SuppressWarnings("unchecked") // the script returns texts
    static List<String> violations(ChromeDriver driver) {
        driver.executeScript(SCRIPT);
        return (List<String>) driver.executeAsyncScript(RUN);
    }

    private static String read(String resource) {
        try (InputStream in = Axe.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
