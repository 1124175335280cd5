/** The programs of the pages in docs/ and of README.md. {@link pages.BlocksTest} holds the pages to them. */
package pages;
