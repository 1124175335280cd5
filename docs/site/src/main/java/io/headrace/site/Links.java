package io.headrace.site;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;

/** Makes a page's links to other pages links to their HTML, and takes down those that lead nowhere. */
final class Links extends AbstractVisitor {

    private static final Pattern ELSEWHERE = Pattern.compile("[a-z][a-z0-9+.-]*:.*", Pattern.CASE_INSENSITIVE);
    private static final Pattern IN_HTML = Pattern.compile("(\\b(?:src|srcset|href)=\")([^\"]*)(\")");

    private final Library library;
    private final Page page;
    private final List<String> broken = new ArrayList<>();
    private final Set<Path> files = new TreeSet<>();

    Links(Library library, Page page) {
        this.library = library;
        this.page = page;
    }

    /** Those that lead nowhere, each with its page. */
    List<String> broken() {
        return broken;
    }

    /** The files that are linked to and are no pages. */
    Set<Path> files() {
        return files;
    }

    @Override
    public void visit(Link link) {
        link.setDestination(resolved(link.getDestination()));
        super.visit(link);
    }

    @Override
    public void visit(Image image) {
        image.setDestination(resolved(image.getDestination()));
        super.visit(image);
    }

    @Override
    public void visit(HtmlBlock html) {
        html.setLiteral(resolvedIn(html.getLiteral()));
    }

    @Override
    public void visit(HtmlInline html) {
        html.setLiteral(resolvedIn(html.getLiteral()));
    }

    private String resolvedIn(String html) {
        return IN_HTML.matcher(html)
                .replaceAll(
                        match -> Matcher.quoteReplacement(match.group(1) + resolved(match.group(2)) + match.group(3)));
    }

    private String resolved(String destination) {
        if (ELSEWHERE.matcher(destination).matches()) {
            return destination;
        }
        int hash = destination.indexOf('#');
        String path = hash < 0 ? destination : destination.substring(0, hash);
        String fragment = hash < 0 ? "" : destination.substring(hash + 1);
        Path target = path.isEmpty() ? page.path() : inRepository(path);

        Optional<Page> other = library.page(target);
        if (other.isPresent()) {
            if (!fragment.isEmpty() && !other.get().anchors().contains(fragment)) {
                broken.add(page.path() + ": " + destination + " (no such heading)");
            }
            String link = path.isEmpty() ? "" : page.linkTo(other.get().target());
            return fragment.isEmpty() ? link : link + "#" + fragment;
        }
        if (library.isFile(target)) {
            files.add(target);
        } else {
            broken.add(page.path() + ": " + destination + " (no such file)");
        }
        return destination;
    }

    private Path inRepository(String path) {
        Path folder = page.path().getParent();
        Path target = folder == null ? Path.of(path) : folder.resolve(path);
        return target.normalize();
    }
}
