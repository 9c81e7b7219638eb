package clinic;

import java.time.DayOfWeek;
import java.util.Map;

/**
 * A doctor and the hours in which patients are seen.
 *
 * @param id short name, unique among the clinics
 * @param hours opening hours by day of the week; a day that is missing is a day off
 */
public record Doctor(String id, String name, Map<DayOfWeek, Hours> hours) {
    public Doctor {
        if (id.isBlank()) throw new IllegalArgumentException("a doctor needs an id");
        hours = Map.copyOf(hours);
    }
}
