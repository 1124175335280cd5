package io.headrace.postgres.list;

/**
 * Where a row is in its table, and to which of its jobs a list has come.
 *
 * @param page the page
 * @param row the row on the page
 * @param job the job; 0 for none
 */
record RowPlace(long page, int row, long job) {

    static final RowPlace START = new RowPlace(0, 0, 0);

    /** The highest number of a row. */
    static final int LAST_ROW = 65_535;

    /** Of a place as PostgreSQL writes it: {@code (page,row)}. */
    static RowPlace of(String place, long job) {
        int comma = place.indexOf(',');
        return new RowPlace(
                Long.parseLong(place.substring(1, comma)),
                Integer.parseInt(place.substring(comma + 1, place.length() - 1)),
                job);
    }

    /** As PostgreSQL writes it. */
    String text() {
        return "(" + page + "," + row + ")";
    }
}
