package io.headrace.engine.monitor;

import java.util.Collection;

/**
 * The line that fits points best, by least squares.
 *
 * @param slope how steeply it rises
 * @param slopeError the standard error of the slope, as the scatter of the points around the line has it
 */
record Line(double slope, double slopeError) {

    record Point(double x, double y) {}

    /** The line through at least three points of which not all have the same x. */
    static Line through(Collection<Point> points) {
        double meanX = points.stream().mapToDouble(Point::x).average().orElseThrow();
        double meanY = points.stream().mapToDouble(Point::y).average().orElseThrow();
        double squares = 0;
        double products = 0;
        for (Point point : points) {
            squares += (point.x() - meanX) * (point.x() - meanX);
            products += (point.x() - meanX) * (point.y() - meanY);
        }
        double slope = products / squares;
        double scatter = points.stream()
                .mapToDouble(point -> point.y() - meanY - slope * (point.x() - meanX))
                .map(distance -> distance * distance)
                .sum();
        return new Line(slope, Math.sqrt(scatter / (points.size() - 2) / squares));
    }
}
