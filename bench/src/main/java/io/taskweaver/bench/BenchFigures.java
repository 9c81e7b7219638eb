package io.taskweaver.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;

/** What several measurements need. */
final class BenchFigures {
    private BenchFigures() {}

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    /** To three places. */
    static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }

    /** Heap in use after a collection, bytes. */
    static long heap() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /**
     * A process's memory, KiB, as the kernel counts it; 0 where it does not tell or the process has just ended.
     *
     * @param measure of {@code /proc/PID/status}, e.g. {@code VmRSS} or, for the most there was, {@code VmHWM}
     */
    static long kilobytes(long pid, String measure) {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith(measure + ":"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    /** A word for a number: ba, be, ... so that names differ by more than digits. */
    static String word(int number) {
        var word = new StringBuilder();
        int left = number;
        do {
            word.append("bdfgklmnprstvz".charAt(left % 14)).append("aeiou".charAt(left / 14 % 5));
            left /= 70;
        } while (left > 0);
        return word.toString();
    }

    /** Deletes a folder with all that is in it. */
    static void delete(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
        }
    }
}
