package io.taskweaver.reports;

import java.time.Duration;
import java.util.Locale;

/** Durations for people: "0.4 s", "12 s", "3 min 05 s", "2 h 10 min". */
public final class Durations {
    private Durations() {}

    /** A duration in two units at most. */
    public static String words(Duration duration) {
        if (duration.isNegative()) return "0 s";
        if (duration.compareTo(Duration.ofSeconds(10)) < 0)
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
        if (duration.compareTo(Duration.ofMinutes(1)) < 0) return duration.toSeconds() + " s";
        if (duration.compareTo(Duration.ofHours(1)) < 0)
            return String.format(Locale.ROOT, "%d min %02d s", duration.toMinutes(), duration.toSecondsPart());
        return String.format(Locale.ROOT, "%d h %02d min", duration.toHours(), duration.toMinutesPart());
    }

    /** An estimate in minutes. */
    public static String ofMinutes(int minutes) {
        if (minutes < 60) return minutes + " min";
        return minutes % 60 == 0 ? minutes / 60 + " h" : minutes / 60 + " h " + minutes % 60 + " min";
    }
}
