package clinic;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;

/** Run it with {@code java -ea}: it says nothing if all is well. */
public final class AppointmentBookCheck {
    public static void main(String[] args) {
        var monday = LocalDateTime.of(2026, 3, 2, 9, 0);
        var hours = Map.of(DayOfWeek.MONDAY, new Hours(LocalTime.of(8, 0), LocalTime.of(12, 0)));
        var book = new AppointmentBook(List.of(new Doctor("lee", "Dr Lee", hours)));
        assert book.book(new Appointment("lee", monday, "A. Patient"));
        assert !book.book(new Appointment("lee", monday, "B. Patient")) : "a slot is booked once";
        assert !book.book(new Appointment("lee", monday.plusDays(1), "B. Patient")) : "Tuesday is off";
        assert book.on("lee", monday.toLocalDate()).size() == 1;
    }
}
