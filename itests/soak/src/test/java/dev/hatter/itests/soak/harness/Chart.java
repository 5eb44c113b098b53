// SPDX-License-Identifier: Apache-2.0
package dev.hatter.itests.soak.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Numbers over time as a picture (SVG) for the documentation. */
public final class Chart {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 320;
    private static final int LEFT = 48;
    private static final int TOP = 40;
    private static final int RIGHT = 16;
    private static final int BOTTOM = 40;
    private static final String LINE = "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.6\" points=\"%s\"/>\n";
    private static final String TEXT = "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\" fill=\"%s\">%s</text>\n";
    private static final String GREY = "#666666";

    private final String title;
    private final double seconds;
    private final int most;
    private final List<String> parts = new ArrayList<>();
    private int lines;

    /**
     * @param seconds the end of the time axis, which begins with 0
     * @param most the end of the other axis
     */
    public Chart(String title, double seconds, int most) {
        this.title = title;
        this.seconds = seconds;
        this.most = most;
    }

    /** A point of a line. */
    public record Point(double seconds, int value) {}

    public Chart line(String name, String colour, List<Point> points) {
        StringBuilder text = new StringBuilder();
        Point last = null;
        for (Point point : points) {
            if (last == null || last.value != point.value) {
                // a step, as these are counts
                append(text, point.seconds, last == null ? point.value : last.value);
                append(text, point.seconds, point.value);
                last = point;
            }
        }
        append(text, points.get(points.size() - 1).seconds, last.value);
        parts.add(LINE.formatted(colour, text.toString().strip()));
        parts.add(TEXT.formatted(LEFT + 10 + 150 * lines++, TOP - 8, "start", colour, name));
        return this;
    }

    private void append(StringBuilder text, double x, int y) {
        text.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(x), y(y)));
    }

    private double x(double value) {
        return LEFT + Math.min(1, value / seconds) * (WIDTH - LEFT - RIGHT);
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - value / most * (HEIGHT - TOP - BOTTOM);
    }

    @Override
    public String toString() {
        StringBuilder svg = new StringBuilder();
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" ".formatted(WIDTH, HEIGHT))
                .append("font-family=\"sans-serif\" font-size=\"12\">\n")
                .append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n")
                .append(TEXT.formatted(WIDTH / 2, 18, "middle", "black", title));
        for (int value = 0; value <= most; value += 10) {
            int y = (int) y(value);
            svg.append("<path d=\"M%d %dH%d\" stroke=\"#dddddd\"/>\n".formatted(LEFT, y, WIDTH - RIGHT))
                    .append(TEXT.formatted(LEFT - 6, y + 4, "end", GREY, value));
        }
        for (int second = 0; second <= seconds; second += 5) {
            svg.append(TEXT.formatted((int) x(second), HEIGHT - BOTTOM + 18, "middle", GREY, second + " s"));
        }
        parts.forEach(svg::append);
        return svg.append("</svg>\n").toString();
    }

    /** Draws it into docs/images when the pictures are to be drawn anew ({@code -Dhatter.docs.update=true}), else into target. */
    public Path draw(String name) {
        boolean update = Boolean.getBoolean("hatter.docs.update");
        Path directory = update ? Path.of(System.getProperty("hatter.docs"), "images") : Path.of("target", "images");
        try {
            Files.createDirectories(directory);
            return Files.writeString(directory.resolve(name), toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
