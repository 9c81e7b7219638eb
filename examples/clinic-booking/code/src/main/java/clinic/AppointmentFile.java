package clinic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

/** Keeps appointments in a text file, one a line: doctor, time and patient, with tabs between them. */
public final class AppointmentFile {
    private final Path file;

    public AppointmentFile(Path file) {
        this.file = file;
    }

    public void append(Appointment appointment) throws IOException {
        var line = String.join("\t", appointment.doctor(), appointment.at().toString(), appointment.patient());
        Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** All appointments, in the order in which they were made; none if there is no file yet. */
    public List<Appointment> read() throws IOException {
        var appointments = new ArrayList<Appointment>();
        if (!Files.exists(file)) return appointments;
        for (var line : Files.readAllLines(file)) {
            var parts = line.split("\t");
            appointments.add(new Appointment(parts[0], LocalDateTime.parse(parts[1]), parts[2]));
        }
        return appointments;
    }
}
