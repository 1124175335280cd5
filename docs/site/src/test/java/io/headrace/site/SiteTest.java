package io.headrace.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteTest {

    @TempDir
    private Path repository;

    @TempDir
    private Path site;

    private void file(String path, String content) throws IOException {
        Path file = repository.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private void render() throws IOException {
        Site.main(new String[] {repository.toString(), site.toString()});
    }

    private String page(String path) throws IOException {
        return Files.readString(site.resolve(path));
    }

    @Test
    void everyLinkOfThisRepositoryLeadsSomewhere() throws IOException {
        Site.main(new String[] {Path.of("..", "..").toString(), site.toString()});

        assertThat(page("index.html")).contains("<h1 id=\"headrace\">Headrace</h1>", "href=\"docs/promises.html\"");
        assertThat(page("docs/promises.html")).contains("href=\"../style.css\"");
    }

    @Test
    void linksBetweenPagesLeadToTheirHtml() throws IOException {
        file("README.md", "# Home\n[guide](docs/guide.md#first-job), [decisions](docs/adr)");
        file("docs/guide.md", "# Guide\n## First job\n[home](../README.md), [above](#guide)");
        file("docs/adr/README.md", "# Decisions\n");

        render();

        assertThat(page("index.html")).contains("href=\"docs/guide.html#first-job\"", "href=\"docs/adr/index.html\"");
        assertThat(page("docs/guide.html"))
                .contains("<h2 id=\"first-job\">", "href=\"../index.html\">home", "href=\"#guide\"");
    }

    @Test
    void aLinkedFileComesAlong() throws IOException {
        file("README.md", "# Home\n![rates](docs/rates.svg)\n\n<img src=\"docs/other.svg\">\n");
        file("docs/rates.svg", "<svg/>");
        file("docs/other.svg", "<svg id=\"other\"/>");

        render();

        assertThat(page("docs/rates.svg")).isEqualTo("<svg/>");
        assertThat(page("docs/other.svg")).contains("other");
    }

    @Test
    void brokenLinksAreNamed() throws IOException {
        file("README.md", "# Home\n[a](missing.md) [b](docs/guide.md#nowhere) [c](https://localhost/missing)");
        file("docs/guide.md", "# Guide\n<a href=\"gone.txt\">d</a>");

        assertThatThrownBy(this::render)
                .isInstanceOf(BrokenLinksException.class)
                .hasMessageContainingAll(
                        "Broken links: 3",
                        "README.md: missing.md (no such file)",
                        "README.md: docs/guide.md#nowhere (no such heading)",
                        "guide.md: gone.txt (no such file)");
        assertThat(site).isEmptyDirectory();
    }

    @Test
    void theIndexOfTheDocumentationIsTheNavigation() throws IOException {
        file("README.md", "# Home\n");
        file("docs/README.md", "# Documentation\n## Guides\n- [the first one](guide.md)\n");
        file("docs/guide.md", "# A <small> guide\n");

        render();

        assertThat(page("docs/guide.html"))
                .contains("<h2>Guides</h2>", "<a href=\"guide.html\" aria-current=\"page\">A ");
        assertThat(page("index.html")).contains("<a href=\"docs/guide.html\">A ");
    }

    @Test
    void equalHeadingsHaveDifferentAnchors() throws IOException {
        file("README.md", "# What it costs, in `SQL`\n## Again\n## Again\n[second](#again-1)");

        render();

        assertThat(page("index.html")).contains("id=\"what-it-costs-in-sql\"", "id=\"again\"", "id=\"again-1\"");
    }
}
