package clinic;

import java.time.LocalTime;

/** A stretch of one day, the end not included. */
public record Hours(LocalTime from, LocalTime to) {
    public Hours {
        if (!from.isBefore(to)) throw new IllegalArgumentException(from + " is not before " + to);
    }

    public boolean contains(LocalTime time) {
        return !time.isBefore(from) && time.isBefore(to);
    }
}
