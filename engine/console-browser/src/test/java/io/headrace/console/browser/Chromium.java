package io.headrace.console.browser;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.PageLoadStrategy;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Starts the Chromium that is installed, with a profile of its own and without a window. Nothing is downloaded. */
final class Chromium {

    private static final List<String> ARGUMENTS = List.of(
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-default-apps",
            "--disable-sync",
            "--no-first-run",
            "--hide-scrollbars",
            "--force-color-profile=srgb",
            "--window-size=1366,768");

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAGE_PATIENCE = Duration.ofSeconds(20);

    private Chromium() {}

    static ChromeDriver start() {
        // Its classes for the newest DevTools are not needed: commands are sent as they are.
        Logger.getLogger("org.openqa.selenium").setLevel(Level.SEVERE);
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(path("CHROMIUM", "/usr/bin/chromium").toFile());
        options.addArguments(ARGUMENTS);
        options.addArguments("--user-data-dir=" + profile());
        options.setPageLoadStrategy(PageLoadStrategy.NORMAL);
        options.setCapability("goog:loggingPrefs", logs);
        options.setExperimentalOption("perfLoggingPrefs", Map.of("enableNetwork", true, "enablePage", false));
        File driver = path("CHROMEDRIVER", "/usr/bin/chromedriver").toFile();
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(driver)
                .usingAnyFreePort()
                .build();
        ChromeDriver chromium = new ChromeDriver(service, options);
        chromium.manage().timeouts().pageLoadTimeout(PAGE_PATIENCE).scriptTimeout(PATIENCE);
        return chromium;
    }

    private static Path path(String variable, String usual) {
        Path path = Path.of(Objects.requireNonNullElse(System.getenv(variable), usual));
        if (!Files.isExecutable(path)) {
            throw new IllegalStateException("There is no " + path + ". Install the Debian packages chromium and"
                    + " chromium-driver, or set " + variable);
        }
        return path;
    }

    private static Path profile() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target")), "chromium")
                    .toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
