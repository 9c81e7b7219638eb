package clinic;

import java.time.LocalDateTime;

/**
 * One patient with one doctor at one time.
 *
 * @param patient name as the receptionist typed it
 */
public record Appointment(String doctor, LocalDateTime at, String patient) {
    /** Every appointment takes a quarter of an hour. */
    public static final int MINUTES = 15;

    public Appointment {
        if (patient.isBlank()) throw new IllegalArgumentException("an appointment needs a patient");
        if (at.getMinute() % MINUTES != 0) throw new IllegalArgumentException("appointments begin at the quarter hour");
    }
}
