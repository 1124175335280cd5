package io.headrace.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Renders a repository's Markdown as a site of static pages. Each page keeps its place; a README becomes its folder's index. */
public final class Site {

    private final Library library;
    private final Layout layout;

    private Site(Library library, Layout layout) {
        this.library = library;
        this.layout = layout;
    }

    /**
     * Renders the site.
     *
     * @param args the repository's folder, and the folder to write to
     * @throws BrokenLinksException if a page links to a file or to a heading that does not exist; nothing is written then
     */
    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            throw new IllegalArgumentException("Expected two arguments: the repository's folder and the output folder");
        }
        Library library = Library.of(Path.of(args[0]).toRealPath());
        new Site(library, Layout.of(library)).writeTo(Path.of(args[1]));
    }

    private void writeTo(Path output) throws IOException {
        Map<Path, Page> pages = library.pages();
        List<String> broken = new ArrayList<>();
        Map<Path, Path> files = new TreeMap<>();
        for (Page page : pages.values()) {
            Links links = new Links(library, page);
            page.document().accept(links);
            broken.addAll(links.broken());
            links.files().forEach(file -> files.put(file, library.repository().resolve(file)));
        }
        if (!broken.isEmpty()) {
            throw new BrokenLinksException(broken);
        }
        for (Page page : pages.values()) {
            write(output.resolve(page.target()), layout.render(page));
        }
        for (Map.Entry<Path, Path> file : files.entrySet()) {
            Path copy = output.resolve(file.getKey());
            Files.createDirectories(copy.getParent());
            Files.copy(file.getValue(), copy, StandardCopyOption.REPLACE_EXISTING);
        }
        write(output.resolve(Layout.STYLE), Layout.resource(Layout.STYLE));
    }

    private static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
