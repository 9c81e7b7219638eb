package clinic;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The appointments of all doctors. Safe for use by the receptionists of all clinics at once. */
public final class AppointmentBook {
    private final Map<String, Doctor> doctors = new HashMap<>();
    private final Map<String, Map<LocalDateTime, Appointment>> booked = new HashMap<>();

    public AppointmentBook(List<Doctor> doctors) {
        for (var doctor : doctors) this.doctors.put(doctor.id(), doctor);
    }

    /**
     * Books an appointment.
     *
     * @return whether the time was free and within the doctor's hours
     * @throws IllegalArgumentException if there is no such doctor
     */
    public synchronized boolean book(Appointment appointment) {
        var doctor = doctors.get(appointment.doctor());
        if (doctor == null) throw new IllegalArgumentException("no doctor " + appointment.doctor());
        var hours = doctor.hours().get(appointment.at().getDayOfWeek());
        if (hours == null || !hours.contains(appointment.at().toLocalTime())) return false;
        return booked.computeIfAbsent(doctor.id(), id -> new HashMap<>())
                        .putIfAbsent(appointment.at(), appointment)
                == null;
    }

    /** The appointments of a doctor on a day, in the order of time. */
    public synchronized List<Appointment> on(String doctor, LocalDate day) {
        var found = new ArrayList<Appointment>();
        for (var appointment : booked.getOrDefault(doctor, Map.of()).values())
            if (appointment.at().toLocalDate().equals(day)) found.add(appointment);
        found.sort(Comparator.comparing(Appointment::at));
        return found;
    }
}
