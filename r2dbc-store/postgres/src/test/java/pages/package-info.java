/** The programs of the pages in docs/. {@link pages.BlocksTest} holds the pages to them. */
package pages;
