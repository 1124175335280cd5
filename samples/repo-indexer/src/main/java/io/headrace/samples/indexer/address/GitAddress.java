package io.headrace.samples.indexer.address;

/**
 * Where a repository is, in the one way in which we write it: checked, so that it is safe to give to a git client.
 *
 * @param url a URL whose scheme is http, https, git or file
 */
public record GitAddress(String url) {

    @Override
    public String toString() {
        return url;
    }
}
